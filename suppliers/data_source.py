"""A data source: where the data comes from, under which licence, whether it is about people, how it is refreshed."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import AlreadyRetired, Ignored
from suppliers.reason import said


class SourceDetails(BaseModel):
    """What is known of a data source; `personal_data` None = nobody has said yet."""

    model_config = ConfigDict(frozen=True)

    name: str
    provenance: str = ""
    licence: str = ""
    personal_data: bool | None = None
    refresh: str = ""


class DataSource(Aggregate):
    """Data that a supplier delivers."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id",)

    class Event(Aggregate.Event):
        """A fact about a data source."""

        supplier_id: UUID

    class Registered(Event, Created):
        """The source entered our inventory."""

        details: SourceDetails
        by: UUID

        def apply(self, source: DataSource) -> None:
            source.supplier_id, source.details = self.supplier_id, self.details
            source.releases, source.retired = (), False

    class ReleaseReceived(Event):
        """A delivery arrived."""

        release: str
        received_on: date
        by: UUID

        def apply(self, source: DataSource) -> None:
            source.releases = (*source.releases, self.release)

    class DetailsRevised(Event):
        """Provenance, licence, personal data or refresh turned out to be different."""

        details: SourceDetails
        by: UUID

        def apply(self, source: DataSource) -> None:
            source.details = self.details

    class Retired(Event):
        """We no longer use this source."""

        reason: str
        by: UUID

        def apply(self, source: DataSource) -> None:
            source.retired = True

    supplier_id: UUID
    details: SourceDetails
    releases: tuple[str, ...]
    retired: bool

    @classmethod
    def register(cls, *, id: UUID, supplier_id: UUID, details: SourceDetails, by: UUID, at: datetime) -> DataSource:
        """Take a data source into the inventory."""
        return cls._create(cls.Registered, id=id, supplier_id=supplier_id, details=details, by=by, timestamp=at)

    def receive(self, release: str, *, received_on: date, by: UUID, at: datetime) -> None:
        self._live()
        if release in self.releases:
            raise Ignored
        self.record(self.ReleaseReceived, release=release, received_on=received_on, by=by, at=at)

    def revise(self, details: SourceDetails, *, by: UUID, at: datetime) -> None:
        self._live()
        if details == self.details:
            raise Ignored
        self.record(self.DetailsRevised, details=details, by=by, at=at)

    def retire(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.Retired, reason=said(reason), by=by, at=at)

    def _live(self) -> None:
        if self.retired:
            raise AlreadyRetired
