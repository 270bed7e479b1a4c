"""The decision tree of the EU AI Act, as short questions, and what their answers lead to."""

from __future__ import annotations

from dataclasses import dataclass

from suppliers.eu_ai_act import Art50Duty, Screening
from web.pages.given import Given


@dataclass(frozen=True)
class TreeQuestion:
    """One step of the tree; its name is the field of `Screening`."""

    name: str
    text: str
    hint: str
    article: str


TREE: tuple[TreeQuestion, ...] = (
    TreeQuestion("in_scope", "Is it an AI system that is placed on the market or used in the EU?",
                 "Or its output is used there. Research before any market use is out.", "Articles 2 and 3"),
    TreeQuestion("prohibited_practice", "Does it do something the Act forbids?",
                 "Manipulation that harms, exploiting weakness, social scoring, predicting crime by profiling, "
                 "scraping faces, reading emotions at work or school, sorting people by biometrics, live "
                 "identification in public for law enforcement, intimate imagery without consent.", "Article 5"),
    TreeQuestion("annex_i_with_third_party_assessment",
                 "Is it a safety component of, or itself, a product that needs a third-party conformity assessment?",
                 "Medical devices, machinery, lifts, toys, vehicles and others listed in Annex I.", "Article 6(1)"),
    TreeQuestion("annex_iii_area", "Is it used in an area that Annex III lists?",
                 "Biometrics, critical infrastructure, education, employment, essential services such as credit and "
                 "insurance pricing, law enforcement, migration, justice and elections.", "Article 6(2)"),
    TreeQuestion("profiles_people", "Does it profile people?",
                 "If it does, no exception from high-risk is possible.", "Article 6(3)"),
)  # fmt: skip

EXCEPTION_LABEL = "An exception applies: narrow procedural task, improving finished work, finding patterns, preparing"

ART50: tuple[tuple[str, str], ...] = (
    (Art50Duty.TELLS_PEOPLE.value, "People talk to it and have to be told that it is AI"),
    (Art50Duty.MARKS_OUTPUT.value, "Its output has to be marked as made by AI"),
    (Art50Duty.INFORMS_OF_EMOTION_OR_BIOMETRICS.value, "It recognises emotions or sorts people by biometrics"),
    (Art50Duty.DISCLOSES_DEEPFAKE_OR_PUBLIC_TEXT.value, "It makes deepfakes, or texts that inform the public"),
)

PROVIDER: tuple[tuple[str, str], ...] = (
    ("own_name", "We put our name or trade mark on it"),
    ("substantially_modified", "We change it substantially"),
    ("purpose_made_high_risk", "We use it for a high-risk purpose its maker did not intend"),
)


def screening(given: Given) -> Screening:
    """The answers of the form in the order of the tree."""
    provider = given.many("provider")
    return Screening(
        in_scope=given.truth("in_scope"),
        prohibited_practice=given.truth("prohibited_practice"),
        annex_i_with_third_party_assessment=given.truth("annex_i_with_third_party_assessment"),
        annex_iii_area=given.truth("annex_iii_area"),
        exception_ground=given.one("exception_ground") == "yes",
        profiles_people=given.truth("profiles_people"),
        art50=frozenset(Art50Duty(each) for each in given.many("art50") if each in {duty[0] for duty in ART50}),
        own_name="own_name" in provider,
        substantially_modified="substantially_modified" in provider,
        purpose_made_high_risk="purpose_made_high_risk" in provider,
    )
