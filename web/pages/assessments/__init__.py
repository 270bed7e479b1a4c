"""Assessments: where every round stands, one round's page, and what can be done about it."""
