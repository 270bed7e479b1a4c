"""The staff's pages; each module brings a router and adds it here, in the order in which they are matched."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages import letters, method, search
from web.pages.activity import listing as activity
from web.pages.assessments import acting as assessment_acts
from web.pages.assessments import board as assessments
from web.pages.assessments import one as assessment
from web.pages.attestations import acting as attestations
from web.pages.changes import page as changes
from web.pages.council import acts as council_acts
from web.pages.council import deciding, docket, tabling
from web.pages.home import page as home
from web.pages.intake import subject_step, supplier_step, use_step
from web.pages.inventory import acting as inventory
from web.pages.opening import choosing, sending
from web.pages.people import listing as people
from web.pages.renewals import page as renewals
from web.pages.reviewing import files, returning, verdicts
from web.pages.supplier import acting as supplier_acts
from web.pages.supplier import dossier
from web.pages.supplier import tabs as supplier
from web.pages.suppliers import listing as suppliers
from web.pages.whatif import page as whatif

routers: tuple[APIRouter, ...] = (
    home.router,
    suppliers.router,
    changes.router,
    search.router,
    supplier_step.router,
    subject_step.router,
    use_step.router,
    supplier.router,
    supplier_acts.router,
    dossier.router,
    attestations.router,
    inventory.router,
    assessments.router,
    choosing.router,
    sending.router,
    assessment.router,
    assessment_acts.router,
    verdicts.router,
    returning.router,
    files.router,
    docket.router,
    whatif.router,
    tabling.router,
    deciding.router,
    council_acts.router,
    renewals.router,
    letters.router,
    activity.router,
    people.router,
    method.router,
)
