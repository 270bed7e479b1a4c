"""The door: commands, composition, embedded parts."""

__version__ = "0.1.0"
