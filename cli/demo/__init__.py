"""The demo: a year and a half of an invented company and its invented suppliers, recorded through the commands."""
