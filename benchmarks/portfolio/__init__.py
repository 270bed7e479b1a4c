"""A company's suppliers as a log: lives lived once through the commands, then many times under other names."""
