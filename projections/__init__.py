"""Views: pure folds of the log, and the questions pages ask of them."""
