"""Reviewing what a vendor answered: each answer judged, flags cleared, the round returned or closed."""
