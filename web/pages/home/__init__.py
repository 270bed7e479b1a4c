"""Home: what needs whoever is signed in."""
