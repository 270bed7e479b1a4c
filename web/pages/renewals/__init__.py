"""What ends or is due, month by month, on the page and as a calendar file."""
