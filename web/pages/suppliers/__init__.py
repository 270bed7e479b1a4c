"""The list of suppliers: search, filters, order, trends, export."""
