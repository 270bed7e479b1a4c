"""`python -m cli` is `tierce`."""

from cli.main import app

app()
