"""Attestations: the mandatory ones and some more are given, verified, renewed in time, late or never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from cli.demo.handing_in import paper_for
from cli.demo.matter import Matter
from cli.demo.portfolio import Quality
from suppliers.assurance import (
    GiveAttestation,
    RejectAttestation,
    RenewAttestation,
    RevokeAttestation,
    VerifyAttestation,
)
from suppliers.attestation import IN_FORCE, Attestation, AttestationState, Coverage, Document, Opinion
from suppliers.attestation_rules import attestation_rules, requirements
from suppliers.intake import known_facts
from suppliers.ports import Role
from suppliers.use import Use

OF_SUPPLIER = frozenset({"officer_statement", "contract", "dpa", "subprocessor_list", "iso27001", "insurance"})
ISSUERS = {
    "iso27001": "Aurelia Certification AG",
    "iso42001": "Aurelia Certification AG",
    "soc2_type2": "Kestrel & Boyd LLP",
    "pentest": "Redwater Security Testing",
    "redteam": "Redwater Security Testing",
    "bias_audit": "Institute for Fair Measurement",
    "insurance": "Norrland Mutual",
    "bcp_test": "Halden Continuity Partners",
    "dpf_listing": "Public list",
}
SEATS = {
    **dict.fromkeys(("iso27001", "iso42001", "soc2_type2", "pentest", "redteam", "bcp_test"), Role.SECURITY),
    **dict.fromkeys(("evaluation_report", "model_card", "bias_audit", "system_card"), Role.PRODUCT),
    "subprocessor_list": Role.DATA,
}
HOW = (
    "Looked up in the issuer's public register.",
    "Called the issuer; number and scope confirmed.",
    "Scanned the code on the document; signature valid.",
    "Compared with the signed original in the contract file.",
)
RENEWS = {"strong": 1.0, "middling": 0.93, "weak": 0.5}
LATE = {"strong": 0.06, "middling": 0.2, "weak": 0.5}
AGE = {"strong": (5, 60), "middling": (20, 160), "weak": (60, 300)}


async def attest(matter: Matter) -> None:
    """Begin one story for each document that is required and not there yet."""
    use = await matter.world.load(Use, matter.use_id)
    if use.intake is None:
        return
    known = set[str]()
    for each in requirements(known_facts(use, matter.world.calendar.now().date()), matter.kind.value):
        type = "soc2_type2" if each.id == "security_assurance" and matter.dice.random() < 0.4 else each.any_of[0]
        if type not in known and not await _there(matter, type):
            known.add(type)
            matter.world.calendar.begin(keep(matter, type))


async def keep(matter: Matter, type: str, fate: str = "") -> None:
    """From the first copy on. `fate`: rejected, revoked, unverified, expiring, or ended; empty = as the supplier is."""
    id = _id(matter, type)
    matter = replace(matter, dice=matter.world.names.chance("attestation", id))
    world, quality = matter.world, matter.supplier.quality
    await world.calendar.until(world.calendar.later(matter.dice.randint(0, 9), 10 + 5 * matter.dice.random()))
    if await _there(matter, type):
        return
    given = GiveAttestation(
        attestation_id=id,
        supplier_id=matter.supplier_id,
        subject_id=None if type in OF_SUPPLIER else matter.subject_id,
        type=type,
        document=_document(matter, type, _age(matter, quality, fate)),
    )
    await world.issue(given, world.holding(Role.PROCUREMENT)[0])
    if fate == "unverified":
        return
    await _check(matter, id, type, fate)
    if fate in ("", "expiring"):
        await _renew(matter, id, type, quality)
    elif fate == "revoked":
        await world.calendar.until(world.calendar.later(60, 16))
        reason = "The issuer withdrew it after a complaint about its scope."
        await world.issue(RevokeAttestation(attestation_id=id, reason=reason), world.seat(Role.SECURITY))


def _age(matter: Matter, quality: Quality, fate: str) -> int:
    """How old it is when it comes; one that is to expire soon is of a year ago."""
    return matter.dice.randint(325, 350) if fate == "expiring" else matter.dice.randint(*AGE[quality])


async def _check(matter: Matter, id: UUID, type: str, fate: str) -> None:
    world = matter.world
    await world.calendar.until(world.calendar.later(matter.dice.randint(1, 6), 11 + 4 * matter.dice.random()))
    seat = world.seat(SEATS.get(type, Role.LEGAL))
    if fate == "rejected":
        reason = "The scope names another product; ours is not covered."
        await world.issue(RejectAttestation(attestation_id=id, reason=reason), seat)
    elif (await world.load(Attestation, id)).state is AttestationState.GIVEN:
        await world.issue(_verdict(matter, id, type), seat)


def _verdict(matter: Matter, id: UUID, type: str) -> VerifyAttestation:
    partly = matter.supplier.quality != "strong" and matter.dice.random() < 0.15
    opinion = Opinion.NOT_APPLICABLE
    if type == "soc2_type2":
        opinion = Opinion.QUALIFIED if partly else Opinion.CLEAN
    covers = Coverage.PARTLY if partly else Coverage.YES
    return VerifyAttestation(attestation_id=id, how=matter.dice.choice(HOW), covers=covers, opinion=opinion)


async def _renew(matter: Matter, id: UUID, type: str, quality: Quality) -> None:
    """Before the end, some weeks after it, or not at all."""
    world, dice = matter.world, matter.dice
    while (end := (await world.load(Attestation, id)).document.valid_until) is not None:
        if dice.random() > RENEWS[quality]:
            return
        days = dice.randint(8, 35) if dice.random() < LATE[quality] else -dice.randint(3, 25)
        await world.calendar.until(world.calendar.day((end - world.calendar.today).days + days, 13))
        if (await world.load(Attestation, id)).state not in IN_FORCE | {AttestationState.LAPSED}:
            return
        document = _document(matter, type, dice.randint(0, 3))
        await world.issue(RenewAttestation(attestation_id=id, document=document), world.holding(Role.PROCUREMENT)[1])
        await _check(matter, id, type, "")


def _document(matter: Matter, type: str, age: int) -> Document:
    kind = attestation_rules().type(type)
    issued = matter.world.calendar.now().date() - timedelta(days=age)
    paper = paper_for(matter, kind.title, issued)
    return Document(
        issuer=ISSUERS.get(type, matter.supplier.legal),
        scope=f"{matter.subject.name}, business service" if type not in OF_SUPPLIER else matter.supplier.legal,
        valid_from=issued,
        valid_until=_end(type, issued),
        sha256=matter.world.file(paper),
        filename=paper.filename,
    )


def _end(type: str, issued: date) -> date | None:
    """Contracts say it themselves; the rules know the others."""
    return date(issued.year + 3, issued.month, min(issued.day, 28)) if type == "dpa" else None


def _id(matter: Matter, type: str) -> UUID:
    whose = matter.supplier.key if type in OF_SUPPLIER else matter.subject.key
    return matter.world.names.id("attestation", whose, type)


async def _there(matter: Matter, type: str) -> bool:
    return bool(await matter.world.notebook.facts(_id(matter, type)))
