"""The guided intake: who supplies it, what we buy, what we use it for."""
