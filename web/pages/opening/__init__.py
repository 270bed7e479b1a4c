"""Opening an assessment and sending it, after a look at the mail exactly as it will go out."""
