"""Everything the council reads before it decides, and all that is left of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request

from projections import assessments, docket, dossier, posture
from projections.asof import Moment
from projections.docket import ReviewRow
from projections.dossier import AttestationEntry
from projections.posture import UsePosture
from projections.posture.parts import Flag
from projections.posture.queries import pack_of
from suppliers.errors import NoSuchRecord
from suppliers.ports import Actor, Role
from suppliers.review import Pack, Review, ReviewState
from suppliers.supplier import Supplier
from suppliers.use import Use
from web.context import services_of
from web.looking.address import without
from web.looking.back import looking, moment_of, past_of
from web.looking.refusals import NotThen
from web.pages.council.differences import Difference, differences
from web.pages.names import Names, names_of


@dataclass(frozen=True)
class Brief:
    """The review comes from the log, so that nobody decides on an older one; dates and names from the views."""

    review: Review
    row: ReviewRow | None
    use: Use
    supplier: Supplier
    judged: UsePosture | None
    current: Pack | None
    attestations: Sequence[AttestationEntry]
    last: ReviewRow | None
    summary: str
    names: Names
    then: bool = False
    """It is as of another moment than now."""

    @property
    def here(self) -> str:
        return f"/council/{self.review.id}"

    @property
    def open(self) -> bool:
        return self.review.state is ReviewState.TABLED

    @property
    def outdated(self) -> bool:
        """Whether nobody may decide before the pack is renewed."""
        return self.open and self.current is not None and self.review.pack.outdated_by(self.current)

    @property
    def moved(self) -> list[Difference]:
        """How the posture now differs from the pack."""
        return differences(self.review.pack, self.current) if self.current else []

    @property
    def since_last(self) -> list[Difference]:
        """How the pack differs from that of the last decision about this use."""
        return differences(self.last.pack, self.review.pack) if self.last else []

    @property
    def flags(self) -> list[Flag]:
        """The open flags of the answers that count, the gravest first."""
        counted = self.judged.counted if self.judged else None
        found = list(counted.flags.values()) if counted else []
        return sorted(found, key=lambda flag: (not flag.knock_out, -flag.severity.rank, flag.question))

    def why_not(self, actor: Actor) -> str:
        """Why this person cannot decide; empty when they can."""
        if self.then:
            return "You are looking at the past."
        if actor.id in self.review.barred:
            return "You requested this use or own the relationship, so someone else has to decide."
        if self.review.may_decide(actor):
            return ""
        if self.review.pack.tier == 4:
            return "A tier 4 use is decided by the risk manager or a seat of the council."
        if actor.holds(Role.RISK_MANAGER):
            return "The risk manager decides tier 4 uses only. This one needs a seat of the council."
        return "Only a seat of the council decides: legal, security, data, product or operations."


async def brief_of(request: Request, review_id: UUID) -> Brief:
    moment = await moment_of(request)
    if moment is not None:
        return await brief_then(request, review_id, moment)
    services = services_of(request)
    pool = services.pool
    review = await services.office.load(Review, review_id)
    use = await services.office.load(Use, review.use_id)
    supplier = await services.office.load(Supplier, review.supplier_id)
    kept, judged = await dossier.of(pool, supplier.id), await posture.of(pool, supplier.id)
    row = await docket.of(pool, review_id)
    round = await assessments.of(pool, review.assessment_id) if review.assessment_id else None
    attested = kept.about(use.subject_id) if kept else []
    last = await _last(request, review)
    return Brief(
        review=review,
        row=row,
        use=use,
        supplier=supplier,
        judged=judged.uses.get(str(use.id)) if judged else None,
        current=await posture.pack(pool, use.id),
        attestations=attested,
        last=last,
        summary=round.reason if round and round.state == "closed" else "",
        names=await names_of(request, _people(review, row, use, supplier)),
    )


async def _last(request: Request, review: Review) -> ReviewRow | None:
    items = await docket.of_supplier(services_of(request).pool, review.supplier_id)
    return _last_before(review, (each.review for each in items))


def _last_before(review: Review, of_supplier: Iterable[ReviewRow]) -> ReviewRow | None:
    """The last decision about the same use before this one."""
    others = [each for each in of_supplier if each.use_id == review.use_id and each.id != review.id]
    earlier = [each for each in others if each.decided_at and each.decided_at <= review.modified_on]
    return max(earlier, key=lambda each: each.decided_at, default=None)  # type: ignore[arg-type,return-value]


def _people(review: Review, row: ReviewRow | None, use: Use, supplier: Supplier) -> set[UUID | None]:
    """Everybody whose name is shown."""
    people = {supplier.owner, use.requester, *review.barred, *(each.owner for each in review.conditions)}
    return people | {row.tabled_by, row.decided_by, *(each.by for each in row.conditions)} if row else people


async def brief_then(request: Request, review_id: UUID, moment: Moment) -> Brief:
    """The same as of another moment; the record itself is what was recorded by then."""
    owner = await looking(request).owner_of(review_id)
    past = await past_of(request, owner) if owner else None
    if past is None:
        raise NoSuchRecord
    review = past.aggregate(Review, review_id)
    row = past.review(review_id)
    if review is None or row is None:
        raise NotThen(back=without(request))
    use, supplier = past.aggregate(Use, review.use_id), past.aggregate(Supplier, review.supplier_id)
    kept, judged = past.dossier, past.posture
    assert use and supplier and kept and judged
    round = next((each for each in past.rounds if each.id == review.assessment_id), None)
    return Brief(
        review=review,
        row=row,
        use=use,
        supplier=supplier,
        judged=judged.uses.get(str(use.id)),
        current=pack_of(judged, use.id, moment.position),
        attestations=kept.about(use.subject_id),
        last=_last_before(review, past.reviews),
        summary=round.reason if round and round.state == "closed" else "",
        names=await names_of(request, _people(review, row, use, supplier)),
        then=True,
    )
