"""How facts are kept. Knows no supplier."""
