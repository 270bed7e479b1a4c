"""The door: commands, composition, embedded parts."""
