"""What if another scoring policy had been in force: history judged again, before anybody adopts it."""

from projections.whatif.outcome import Episode, Moved, Outcome
from projections.whatif.replay import replay
from projections.whatif.trial import tried

__all__ = ["Episode", "Moved", "Outcome", "replay", "tried"]
