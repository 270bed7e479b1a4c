"""Answers and facts that follow from what a thing is, so that the questionnaire agrees with the inventory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli.demo.portfolio import ModelPlan, SourcePlan, SupplierPlan, UsePlan
from suppliers.eu_ai_act import Art50Duty, Classification, Screening, classify
from suppliers.factors import Factor
from suppliers.use import Intake
from suppliers.vendor_model import SupplyKind, TrainsOnOurData

EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
CLASS = {"high": "high_annex_iii", "limited": "limited", "minimal": "minimal", "exempt": "exempt_6_3"}
TRAINING = {
    TrainsOnOurData.NEVER: "never_contract",
    TrainsOnOurData.OPT_IN: "opt_in",
    TrainsOnOurData.OPT_OUT: "opt_out",
    TrainsOnOurData.ALWAYS: "opt_out",
}


def intake_of(use: UsePlan, supplier: SupplierPlan, subject: ModelPlan | SourcePlan) -> Intake:
    """The facts a requester would fill in."""
    facts: dict[str, Any] = {
        "intake.data_classes": list(use.data),
        "intake.eu_nexus": True,
        "intake.affects_people": bool(use.factors and (use.factors[0] or 0) >= 3),
        "intake.customer_facing": False,
        "intake.financial_entity": True,
        "intake.our_role": "deployer",
        "intake.exception_claimed": use.eu == "exempt",
        "vendor.in_eu": supplier.country in EU,
    }
    facts |= _of_model(subject) if isinstance(subject, ModelPlan) else _of_source()
    facts |= {name if "." in name else f"intake.{name}": fact for name, fact in use.facts.items()}
    scores = use.factors or (2,) * len(Factor)
    return Intake(facts=facts, factors={factor.value: each for factor, each in zip(Factor, scores, strict=True)})


def _of_model(model: ModelPlan) -> dict[str, Any]:
    ours = model.supply in (SupplyKind.OPEN_WEIGHTS, SupplyKind.EMBEDDED_COMPONENT)
    return {
        "intake.supply_kind": model.supply.value,
        "intake.agentic": model.supply is SupplyKind.AGENT_PLATFORM,
        "intake.agent_writes": False,
        "intake.generates_content": model.gpai,
        "intake.gpai": model.gpai,
        "intake.customised": False,
        "intake.hosting": "our_cloud" if ours else "vendor_saas",
    }


def _of_source() -> dict[str, Any]:
    return {"intake.supply_kind": "data_source", "intake.data_use": ["training", "evaluation"]}


def class_of(use: UsePlan) -> Classification:
    """Our own classification, by the same tree as the intake form."""
    unknown = use.eu == "unclassified"
    return classify(
        Screening(
            in_scope=True,
            prohibited_practice=use.eu == "prohibited",
            annex_i_with_third_party_assessment=None if unknown else False,
            annex_iii_area=None if unknown else use.eu in ("high", "exempt"),
            exception_ground=use.eu == "exempt",
            profiles_people=False,
            art50=frozenset({Art50Duty.TELLS_PEOPLE} if use.eu == "limited" else ()),
        )
    )


def fitting(use: UsePlan, subject: ModelPlan | SourcePlan) -> dict[str, Any]:
    """Answers by question of either questionnaire."""
    if isinstance(subject, SourcePlan):
        return {"PRV-01": "personal" if subject.personal else "none", "RTS-01": list(_rights(subject))}
    made = ["own_from_scratch"]
    if subject.upstream:
        made = ["third_party_api" if subject.supply is SupplyKind.HOSTED_AI_APP else "fine_tuned_third_party"]
    elif subject.supply is SupplyKind.OPEN_WEIGHTS:
        made = ["open_weights"]
    found: dict[str, Any] = {"MOD-02": made, "MOD-03": "gpai" if subject.gpai else "not_gpai"}
    if use.eu in CLASS:
        found["ROLE-02"] = CLASS[use.eu]
    if use.eu == "high":
        found["ROLE-04"] = "planned_dated"
    if subject.trains in TRAINING:
        found["CUD-01"] = TRAINING[subject.trains]
    return found


def _rights(source: SourcePlan) -> Iterable[str]:
    yield from ("train", "evaluate", "commercial", "keep_models")
    if "feed" in source.refresh or "daily" in source.refresh:
        yield "retrieve"
