"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class MovableClock:
    def __init__(self, now: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> datetime:
        self._now += by
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now
