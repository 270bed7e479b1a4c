"""What guards every page: headers, sizes, sessions, tokens against forgery, rate limits."""
