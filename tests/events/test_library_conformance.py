"""The eventsourcing library's own test cases for recorders, run against ours."""

from __future__ import annotations

import pytest
from eventsourcing.tests import persistence as shipped

from tests.events.facade import AggregateRecorder, ApplicationRecorder, Loop, TrackingRecorder


class OnADatabase:
    @pytest.fixture(autouse=True)
    def _fresh(self, database: str) -> None:
        self.dsn = database

    def loop(self) -> Loop:
        loop = Loop(self.dsn)
        self.addCleanup(loop.close)  # type: ignore[attr-defined]
        return loop


class TestAggregateRecorder(OnADatabase, shipped.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return AggregateRecorder(self.loop())


class TestApplicationRecorder(OnADatabase, shipped.ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return ApplicationRecorder(self.loop())


class TestNonInterleavingNotificationIDs(OnADatabase, shipped.NonInterleavingNotificationIDsBaseCase):
    insert_num = 200

    def create_recorder(self) -> ApplicationRecorder:
        return ApplicationRecorder(self.loop())


class TestTrackingRecorder(OnADatabase, shipped.TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return TrackingRecorder(self.loop())
