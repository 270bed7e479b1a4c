"""What drills need besides: a NATS of one's own."""

from tests.stories.conftest import own_nats

__all__ = ["own_nats"]
