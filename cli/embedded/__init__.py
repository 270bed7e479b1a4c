"""PostgreSQL, NATS and a mailbox as children that die with their parent: a whole instance from one folder."""
