"""The supplier's page: its tabs, and what can be done from it."""
