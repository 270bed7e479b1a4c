"""A use: what we use a model or data source for. Tier, EU AI Act class and approval belong to the use."""

from suppliers.use.intake import Fact, Intake
from suppliers.use.rating import Rating
from suppliers.use.states import ENDED, IN_USE, SubjectKind, UseState
from suppliers.use.use import Use

__all__ = ["ENDED", "IN_USE", "Fact", "Intake", "Rating", "SubjectKind", "Use", "UseState"]
