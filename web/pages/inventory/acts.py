"""What can be noted about a model, a data source or a use, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from suppliers import intake, inventory
from suppliers.entitlement import BUYERS, REVIEWERS
from suppliers.inventory import KEEPERS
from suppliers.ports import Role
from suppliers.vendor_model import TrainsOnOurData
from web.pages.asks import HAPPENED, REASON, Ask, Field, as_date
from web.pages.inventory.fields import SOURCE, TRAINING, source_details

VERSION = Field(name="version", label="Version", missing="Give the version.")

MODEL_ACTS: tuple[Ask, ...] = (
    Ask(key="announce", link="Note a new version", title="A new version was announced", roles=KEEPERS, versioned=False,
        fields=(VERSION, Field(name="released_on", label="Released on", kind="date", required=False)),
        lead="Using it needs a look: adopt it after the round about the change.", button="Note it",
        done="The version is noted.", order=lambda given, id: inventory.AnnounceVersion(
            model_id=id, version=given.one("version"), released_on=as_date(given.one("released_on")))),
    Ask(key="adopt", link="Adopt a version", title="We use this version now", roles=KEEPERS, versioned=False,
        fields=(Field(name="version", label="Version", kind="select", offers="versions", missing="Choose a version."),
                HAPPENED),
        button="Adopt", done="The version is adopted.", order=lambda given, id: inventory.AdoptVersion(
            model_id=id, version=given.one("version"), happened_on=as_date(given.one("happened_on")))),
    Ask(key="upstream", link="Change what it is built on", title="Built on another model now", roles=KEEPERS,
        versioned=False, fields=(Field(name="upstream_model", label="Model it is built on",
                                       missing="Name the model it is built on."),),
        button="Save", done="The upstream model is changed.", order=lambda given, id: inventory.ChangeUpstream(
            model_id=id, upstream_model=given.one("upstream_model"))),
    Ask(key="hosting", link="Change where it runs", title="Runs in another region now", roles=KEEPERS, versioned=False,
        fields=(Field(name="hosting_region", label="Region", missing="Name the region."), HAPPENED), button="Save",
        done="The region is changed.", order=lambda given, id: inventory.MoveHosting(
            model_id=id, hosting_region=given.one("hosting_region"), happened_on=as_date(given.one("happened_on")))),
    Ask(key="training", link="Change the training terms", title="Does our data train their models?",
        roles=KEEPERS | {Role.LEGAL}, versioned=False,
        fields=(Field(name="trains_on_our_data", label="Under the present terms", kind="radio", options=TRAINING,
                      missing="Choose one."),),
        button="Save", done="The training terms are changed.", order=lambda given, id: inventory.ChangeTrainingTerms(
            model_id=id, trains_on_our_data=TrainsOnOurData(given.one("trains_on_our_data")))),
    Ask(key="retire", link="Retire", title="We no longer use this model", roles=KEEPERS, versioned=False, danger=True,
        fields=(REASON,), button="Retire", done="The model is retired.",
        order=lambda given, id: inventory.RetireModel(model_id=id, reason=given.one("reason"))),
)  # fmt: skip

SOURCE_ACTS: tuple[Ask, ...] = (
    Ask(key="receive", link="Note a delivery", title="A delivery arrived", roles=KEEPERS, versioned=False,
        fields=(Field(name="release", label="Name of the delivery", missing="Name the delivery."),
                Field(name="received_on", label="Received on", kind="date", missing="Give the day it arrived.")),
        button="Note it", done="The delivery is noted.", order=lambda given, id: inventory.ReceiveRelease(
            source_id=id, release=given.one("release"), received_on=as_date(given.one("received_on")) or date.min)),
    Ask(key="revise", link="Correct", title="Correct what is known of this data", roles=KEEPERS | {Role.LEGAL},
        fields=SOURCE, button="Save", done="The data source is corrected.",
        order=lambda given, id: inventory.ReviseSource(source_id=id, details=source_details(given))),
    Ask(key="retire", link="Retire", title="We no longer use this data", roles=KEEPERS, versioned=False, danger=True,
        fields=(REASON,), button="Retire", done="The data source is retired.",
        order=lambda given, id: inventory.RetireSource(source_id=id, reason=given.one("reason"))),
)  # fmt: skip

USE_ACTS: tuple[Ask, ...] = (
    Ask(key="confirm", link="Confirm the EU AI Act class", title="Confirm the class for legal",
        roles=frozenset({Role.LEGAL}), lead="Whoever asked for the use cannot confirm its class.", button="Confirm",
        done="The class is confirmed.", order=lambda given, id: intake.ConfirmClass(use_id=id)),
    Ask(key="tier", link="Set another tier", title="Set another tier", roles=REVIEWERS,
        lead="A stricter tier can be set at any time. A milder one only by a council seat, and only until a day.",
        fields=(Field(name="tier", label="Tier", kind="radio", missing="Choose a tier.",
                      options=(("1", "1 critical"), ("2", "2 high"), ("3", "3 medium"), ("4", "4 low"))),
                REASON, Field(name="expires_on", label="Until", kind="date", required=False,
                              hint="Needed for a milder tier.")),
        button="Set the tier", done="The tier is set.", order=lambda given, id: intake.OverrideTier(
            use_id=id, tier=int(given.one("tier")), reason=given.one("reason"),
            expires_on=as_date(given.one("expires_on")))),
    Ask(key="retire", link="Retire", title="We stop using it for this", roles=BUYERS | REVIEWERS, danger=True,
        fields=(REASON,), button="Retire", done="The use is retired.",
        order=lambda given, id: intake.RetireUse(use_id=id, reason=given.one("reason"))),
)  # fmt: skip


def by_key(acts: tuple[Ask, ...]) -> Mapping[str, Ask]:
    return {act.key: act for act in acts}
