"""`python -m cli` is `tierce`."""

from cli.main import app

if __name__ == "__main__":  # a rebuild's processes read this module, too
    app()
