"""Our classification of a use under the EU AI Act: the decision tree, the classes, the duties of Article 50."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from suppliers.word import Word


class EuClass(Word):
    PROHIBITED = "prohibited"
    HIGH = "high"
    LIMITED = "limited"
    MINIMAL = "minimal"
    UNCLASSIFIED = "unclassified"


class HighRiskRoute(Word):
    """Why a system is high-risk: by the product it belongs to, or by its use."""

    ANNEX_I = "annex_i"
    ANNEX_III = "annex_iii"


class Gpai(Word):
    """A second axis, not a class: whether a general-purpose model is involved."""

    NO = "no"
    GPAI = "gpai"
    SYSTEMIC = "gpai_systemic"
    UNKNOWN = "unknown"


class Art50Duty(Word):
    """Transparency duties; they come on top of the class."""

    TELLS_PEOPLE = "tells_people"
    MARKS_OUTPUT = "marks_output"
    INFORMS_OF_EMOTION_OR_BIOMETRICS = "informs_of_emotion_or_biometrics"
    DISCLOSES_DEEPFAKE_OR_PUBLIC_TEXT = "discloses_deepfake_or_public_text"


class Screening(BaseModel):
    """The answers to the decision tree, in its order; None = not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_scope: bool | None = None
    prohibited_practice: bool | None = None
    annex_i_with_third_party_assessment: bool | None = None
    annex_iii_area: bool | None = None
    exception_ground: bool = False
    """One of the grounds of Article 6(3)."""
    profiles_people: bool | None = None
    art50: frozenset[Art50Duty] = frozenset()
    own_name: bool = False
    substantially_modified: bool = False
    purpose_made_high_risk: bool = False


class Classification(BaseModel):
    """What the screening leads to, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    eu_class: EuClass
    route: HighRiskRoute | None = None
    exception_claimed: bool = False
    art50_duties: tuple[Art50Duty, ...] = ()
    we_are_provider: bool = False
    reason: str


def classify(screening: Screening) -> Classification:
    """Walk the decision tree; the first step that decides ends it, an unknown step leaves it unclassified."""
    eu_class, route, reason = _class(screening)
    return Classification(
        eu_class=eu_class,
        route=route,
        exception_claimed=reason == EXCEPTION,
        art50_duties=tuple(sorted(screening.art50)) if screening.in_scope is not False else (),
        we_are_provider=screening.own_name or screening.substantially_modified or screening.purpose_made_high_risk,
        reason=reason,
    )


EXCEPTION = "Annex III area, but an exception of Article 6(3) is claimed: it has to be documented and registered."


def _class(screening: Screening) -> tuple[EuClass, HighRiskRoute | None, str]:
    if screening.in_scope is False:
        return EuClass.MINIMAL, None, "The Regulation does not apply to this use."
    if screening.prohibited_practice:
        return EuClass.PROHIBITED, None, "A practice that Article 5 prohibits."
    if screening.annex_i_with_third_party_assessment:
        return EuClass.HIGH, HighRiskRoute.ANNEX_I, "Product under Annex I with third-party conformity assessment."
    if screening.annex_iii_area and not _exempt(screening):
        return EuClass.HIGH, HighRiskRoute.ANNEX_III, "Use listed in Annex III."
    if None in _steps(screening):
        return EuClass.UNCLASSIFIED, None, "A step of the decision tree is not answered."
    eu_class = EuClass.LIMITED if screening.art50 else EuClass.MINIMAL
    if screening.annex_iii_area:
        return eu_class, None, EXCEPTION
    return eu_class, None, "Transparency duties of Article 50." if screening.art50 else "No step of the tree applies."


def _exempt(screening: Screening) -> bool:
    """Article 6(3): a ground, and for certain no profiling of people."""
    return screening.exception_ground and screening.profiles_people is False


def _steps(screening: Screening) -> tuple[bool | None, ...]:
    return (
        screening.in_scope,
        screening.prohibited_practice,
        screening.annex_i_with_third_party_assessment,
        screening.annex_iii_area,
    )
