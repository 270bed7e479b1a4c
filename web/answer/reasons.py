"""Why a question is asked and who reads the answer, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from gettext import gettext as _

from suppliers.questionnaires.model import Question, Section

Say = Callable[[str], str]


def why(question: Question, section: Section, company: str) -> str:
    """One or two sentences below the question."""
    reads = _("The answer is read by the %(seat)s of %(company)s's review council.") % {
        "seat": seats()[section.council_seat],
        "company": company,
    }
    if not question.refs:
        return reads
    sources = "; ".join(plain(ref) for ref in question.refs)
    return _("It helps us show that we meet: %(sources)s.") % {"sources": sources} + " " + reads


def seats() -> Mapping[str, str]:
    return {
        "legal": _("legal member"),
        "security": _("security member"),
        "data": _("data protection member"),
        "product": _("product member"),
        "operations": _("operations member"),
    }


def plain(ref: str) -> str:
    """`EUAIA:25(4)` becomes "EU AI Act, Article 25(4)"."""
    source, _colon, place = ref.partition(":")
    return SOURCES[source](place) if source in SOURCES else ref


def _law(name: str) -> Say:
    def say(place: str) -> str:
        annex = re.fullmatch(r"Annex\s*(.+)", place)
        return f"{name}, " + (_("Annex %s") % annex[1] if annex else _("Article %s") % place)

    return say


def _standard(name: str) -> Say:
    def say(place: str) -> str:
        clause = place.removeprefix("cl.")
        return f"{name}, " + (_("clause %s") % clause if clause != place else _("control %s") % place)

    return say


def _guide(name: str) -> Say:
    return lambda place: f"{name}, {place.replace('-', ' ')}"


SOURCES: Mapping[str, Say] = {
    "ISO42001": _standard("ISO/IEC 42001"),
    "ISO27001": _standard("ISO/IEC 27001"),
    "EUAIA": _law("EU AI Act"),
    "GDPR": _law("GDPR"),
    "DORA": _law("DORA"),
    "DSM": _law("EU Copyright Directive"),
    "DATAACT": _law("EU Data Act"),
    "NISTAI": _guide("NIST AI Risk Management Framework"),
    "GAI": _guide("NIST generative AI profile"),
    "OWASP": _guide("OWASP Top 10 for LLM applications"),
    "MVSP": _guide("Minimum Viable Secure Product"),
}
