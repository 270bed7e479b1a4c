"""Looking at the past: pages as of a moment, on which nothing can be done."""
