"""What we buy from a supplier and use it for: models, data sources, uses."""
