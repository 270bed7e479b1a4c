"""People, for administrators: who may sign in, in which roles, and who is forgotten."""
