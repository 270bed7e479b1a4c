"""The questions about a model and a data source."""

from __future__ import annotations

from suppliers.data_source import SourceDetails
from suppliers.vendor_model import ModelDetails, SupplyKind, TrainsOnOurData
from web.pages.asks import Field
from web.pages.given import Given

SUPPLY = (
    (SupplyKind.MODEL_API.value, "A model behind an API"),
    (SupplyKind.HOSTED_AI_APP.value, "An application of theirs with AI inside"),
    (SupplyKind.OPEN_WEIGHTS.value, "Open weights that we run"),
    (SupplyKind.EMBEDDED_COMPONENT.value, "A component in our own product"),
    (SupplyKind.AGENT_PLATFORM.value, "A platform for agents"),
)
TRAINING = (
    (TrainsOnOurData.NEVER.value, "Never"),
    (TrainsOnOurData.OPT_IN.value, "Only if we agree"),
    (TrainsOnOurData.OPT_OUT.value, "Unless we object"),
    (TrainsOnOurData.ALWAYS.value, "Yes"),
    (TrainsOnOurData.UNKNOWN.value, "I don't know"),
)
YES_NO = (("yes", "Yes"), ("no", "No"), ("unknown", "I don't know"))

MODEL = (
    Field(name="name", label="Name of the model or system", missing="Give the name of the model or system."),
    Field(name="version", label="Version we use", required=False, hint="As the supplier writes it."),
    Field(name="supply_kind", label="How it reaches us", kind="radio", options=SUPPLY,
          missing="Choose how it reaches us."),
    Field(name="upstream_model", label="Model it is built on", required=False,
          hint="When it stands on another's model."),
    Field(name="hosting_region", label="Region it runs in", required=False, hint="For example: EU (Frankfurt)."),
    Field(name="trains_on_our_data", label="Does our data train their models?", kind="radio", options=TRAINING,
          missing="Choose one; “I don't know” is an answer."),
)  # fmt: skip
SOURCE = (
    Field(name="name", label="Name of the data", missing="Give the name of the data."),
    Field(name="provenance", label="Where it comes from", kind="textarea", required=False,
          hint="Collected how, by whom, from whom."),
    Field(name="licence", label="Licence", required=False, hint="What we may do with it, until when."),
    Field(name="personal_data", label="Is it about people?", kind="radio", options=YES_NO,
          missing="Choose one; “I don't know” is an answer."),
    Field(name="refresh", label="How often it is renewed", required=False, hint="For example: monthly."),
)  # fmt: skip


def model_details(given: Given) -> ModelDetails:
    return ModelDetails(
        name=given.one("name"),
        version=given.one("version"),
        supply_kind=SupplyKind(given.one("supply_kind")),
        upstream_model=given.one("upstream_model"),
        hosting_region=given.one("hosting_region"),
        trains_on_our_data=TrainsOnOurData(given.one("trains_on_our_data")),
    )


def source_details(given: Given) -> SourceDetails:
    return SourceDetails(
        name=given.one("name"),
        provenance=given.one("provenance"),
        licence=given.one("licence"),
        personal_data=given.truth("personal_data"),
        refresh=given.one("refresh"),
    )
