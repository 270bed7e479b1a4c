"""The council: its docket, what is tabled and on which posture, the decision, and the record of it."""
