"""The audit trail for people: filtered, page after page, as a file."""
