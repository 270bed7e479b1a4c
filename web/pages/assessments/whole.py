"""Everything one round's page shows, read together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import Request

from projections import assessments, dossier
from projections.asof import Past
from suppliers.assessment import Assessment
from suppliers.errors import NoSuchRecord
from suppliers.questionnaires import Questionnaire
from suppliers.questions import questionnaire_of, unreviewed
from suppliers.supplier import Supplier
from suppliers.use import Use
from web.context import services_of
from web.looking.address import without
from web.looking.back import moment_of, past_of
from web.looking.refusals import NotThen
from web.pages.assessments.standing import Standing, standing
from web.pages.names import Names, names_of


@dataclass(frozen=True)
class Whole:
    """A round with what is around it. The round itself comes from the log, so that it is never behind."""

    round: Assessment
    row: assessments.AssessmentRow | None
    use: Use
    supplier: Supplier
    subject: str
    questionnaire: Questionnaire
    to_review: list[str]
    names: Names
    past: Past | None = None
    """Its supplier as of the moment that is looked at; None is now."""

    @property
    def here(self) -> str:
        return f"/assessments/{self.round.id}"

    @property
    def title(self) -> str:
        return f"{self.supplier.details.name}: {self.use.title}"


async def whole_of(request: Request, assessment_id: UUID) -> Whole:
    moment = await moment_of(request)
    if moment is not None:
        return await whole_then(request, assessment_id)
    services = services_of(request)
    round = await services.office.load(Assessment, assessment_id)
    use = await services.office.load(Use, round.use_id)
    supplier = await services.office.load(Supplier, round.supplier_id)
    kept = await dossier.of(services.pool, round.supplier_id)
    row = await assessments.of(services.pool, assessment_id)
    return await _whole(request, round, row, use, supplier, kept)


async def whole_then(request: Request, assessment_id: UUID) -> Whole:
    """The same as of another moment, from what counts of its supplier's facts."""
    pool = services_of(request).pool
    now = await assessments.of(pool, assessment_id)
    past = await past_of(request, now.supplier_id) if now else None
    if past is None:
        raise NoSuchRecord
    round = past.aggregate(Assessment, assessment_id)
    if round is None:
        raise NotThen(back=without(request))
    row = past.round(assessment_id)
    use, supplier = past.aggregate(Use, round.use_id), past.aggregate(Supplier, round.supplier_id)
    assert use and supplier
    return replace(await _whole(request, round, row, use, supplier, past.dossier), past=past)


async def _whole(
    request: Request,
    round: Assessment,
    row: assessments.AssessmentRow | None,
    use: Use,
    supplier: Supplier,
    kept: dossier.Dossier | None,
) -> Whole:
    services = services_of(request)
    return Whole(
        round=round,
        row=row,
        use=use,
        supplier=supplier,
        subject=kept.names.get(round.subject_id, "") if kept else "",
        questionnaire=questionnaire_of(round, services.library),
        to_review=unreviewed(round, services.library),
        names=await names_of(request, _people(round, supplier, use)),
    )


def stands(request: Request, whole: Whole) -> Standing:
    """Where it stands and what happens next."""
    services = services_of(request)
    row = whole.row
    return standing(
        whole.round,
        bounce=row.bounce if row else "",
        sent_on=row.sent_at.date() if row and row.sent_at else None,
        to_review=len(whole.to_review),
        contact=whole.names.of(whole.round.contact),
        policy=services.policy,
        today=whole.past.moment.day if whole.past else services.clock.now().date(),
    )


def _people(round: Assessment, supplier: Supplier, use: Use) -> set[UUID | None]:
    judged = {review.by for review in round.reviews.values()}
    answered = {answer.by for answer in round.answers.values()}
    return {round.contact, round.opened_by, supplier.owner, use.requester, *judged, *answered}
