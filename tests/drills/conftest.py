"""What drills need besides: a NATS of one's own, and logs that cost little."""

from tests.stories.conftest import own_nats, plain_logs

__all__ = ["own_nats", "plain_logs"]
