"""Suppliers from a file: read whole, judged whole, recorded whole or not at all."""
