"""The domain: what we buy, how we ask, what we decide. Pure."""
