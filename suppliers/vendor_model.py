"""A vendor's model or AI system: its versions, what it stands on, where it runs, what happens with our data."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from suppliers.aggregate import Aggregate, Created
from suppliers.errors import AlreadyRetired, Ignored, UnknownVersion
from suppliers.reason import said
from suppliers.word import Word


class SupplyKind(Word):
    """How the AI reaches us (fact `intake.supply_kind`)."""

    MODEL_API = "model_api"
    HOSTED_AI_APP = "hosted_ai_app"
    OPEN_WEIGHTS = "open_weights"
    EMBEDDED_COMPONENT = "embedded_component"
    AGENT_PLATFORM = "agent_platform"


class TrainsOnOurData(Word):
    """Whether customer data trains the vendor's models."""

    NEVER = "never"
    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"
    ALWAYS = "always"
    UNKNOWN = "unknown"


class ModelDetails(BaseModel):
    """What is known of a model when it is registered."""

    model_config = ConfigDict(frozen=True)

    name: str
    version: str = ""
    supply_kind: SupplyKind = SupplyKind.MODEL_API
    upstream_model: str = ""
    hosting_region: str = ""
    trains_on_our_data: TrainsOnOurData = TrainsOnOurData.UNKNOWN


class VendorModel(Aggregate):
    """A model or AI system that a supplier offers."""

    CARRIED: ClassVar[tuple[str, ...]] = ("supplier_id",)

    class Event(Aggregate.Event):
        """A fact about a vendor's model."""

        supplier_id: UUID

    class Registered(Event, Created):
        """The model entered our inventory."""

        details: ModelDetails
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.supplier_id, model.details = self.supplier_id, self.details
            model.versions = (self.details.version,) if self.details.version else ()
            model.adopted, model.retired = self.details.version, False

    class VersionAnnounced(Event):
        """The vendor announced a version."""

        version: str
        released_on: date | None = None
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.versions = (*model.versions, self.version)

    class VersionAdopted(Event):
        """We use this version now."""

        version: str
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.adopted = self.version

    class UpstreamChanged(Event):
        """The model stands on another upstream model now."""

        upstream_model: str
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.details = model.details.model_copy(update={"upstream_model": self.upstream_model})

    class HostingMoved(Event):
        """The model runs in another region now."""

        hosting_region: str
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.details = model.details.model_copy(update={"hosting_region": self.hosting_region})

    class TrainingTermsChanged(Event):
        """The terms under which our data trains the vendor's models changed."""

        trains_on_our_data: TrainsOnOurData
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.details = model.details.model_copy(update={"trains_on_our_data": self.trains_on_our_data})

    class Retired(Event):
        """We no longer use this model."""

        reason: str
        by: UUID

        def apply(self, model: VendorModel) -> None:
            model.retired = True

    supplier_id: UUID
    details: ModelDetails
    versions: tuple[str, ...]
    adopted: str
    retired: bool

    @classmethod
    def register(cls, *, id: UUID, supplier_id: UUID, details: ModelDetails, by: UUID, at: datetime) -> VendorModel:
        """Take a model into the inventory."""
        return cls._create(cls.Registered, id=id, supplier_id=supplier_id, details=details, by=by, timestamp=at)

    def announce(self, version: str, *, released_on: date | None, by: UUID, at: datetime) -> None:
        self._live()
        if version in self.versions:
            raise Ignored
        self.record(self.VersionAnnounced, version=version, released_on=released_on, by=by, at=at)

    def adopt(self, version: str, *, by: UUID, at: datetime) -> None:
        """Use a version that was announced."""
        self._live()
        if version not in self.versions:
            raise UnknownVersion
        if version == self.adopted:
            raise Ignored
        self.record(self.VersionAdopted, version=version, by=by, at=at)

    def change_upstream(self, upstream_model: str, *, by: UUID, at: datetime) -> None:
        self._live()
        if upstream_model == self.details.upstream_model:
            raise Ignored
        self.record(self.UpstreamChanged, upstream_model=upstream_model, by=by, at=at)

    def move_hosting(self, hosting_region: str, *, by: UUID, at: datetime) -> None:
        self._live()
        if hosting_region == self.details.hosting_region:
            raise Ignored
        self.record(self.HostingMoved, hosting_region=hosting_region, by=by, at=at)

    def change_training_terms(self, trains: TrainsOnOurData, *, by: UUID, at: datetime) -> None:
        self._live()
        if trains is self.details.trains_on_our_data:
            raise Ignored
        self.record(self.TrainingTermsChanged, trains_on_our_data=trains, by=by, at=at)

    def retire(self, *, reason: str, by: UUID, at: datetime) -> None:
        self._live()
        self.record(self.Retired, reason=said(reason), by=by, at=at)

    def _live(self) -> None:
        if self.retired:
            raise AlreadyRetired
