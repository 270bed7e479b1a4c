"""The frame of a page, from what is known of the request."""

from __future__ import annotations

from fastapi import Request

from projections.asof.moment import TICK, Moment
from web.context import services_of
from web.flashes import shown
from web.frame import Frame, LookedAt, VendorFrame
from web.looking.address import has_past, kept_fields, without
from web.standstill import standstills


def frame_of(request: Request) -> Frame:
    """Around a staff page; without a viewer while nobody is signed in."""
    services, staff = services_of(request), getattr(request.state, "staff", None)
    moment: Moment | None = getattr(request.state, "moment", None)
    return Frame(
        company=services.identity.company,
        csrf=getattr(request.state, "csrf", ""),
        now=services.clock.now() if moment is None else moment.until - TICK,
        as_of=None if moment is None else looked_at(moment),
        here=without(request) if has_past(request.url.path) else "",
        kept=kept_fields(request),
        viewer=staff.viewer if staff else None,
        flashes=shown(request),
        demo=services.identity.demo,
        query=request.query_params.get("q", "") if request.url.path == "/suppliers" else "",
        behind=getattr(request.state, "behind", 0),
        log_changes=getattr(request.state, "log_changes", ()),
        standstills=standstills(getattr(request.state, "views", ())),
    )


def vendor_frame_of(request: Request) -> VendorFrame:
    """Around a vendor's page that is about no questionnaire (yet)."""
    services = services_of(request)
    return VendorFrame(
        company=services.identity.company,
        csrf=getattr(request.state, "csrf", ""),
        now=services.clock.now(),
        flashes=shown(request),
    )


def looked_at(moment: Moment) -> LookedAt:
    """A moment in the past as pages speak of it."""
    return LookedAt(
        until=moment.until - TICK,
        asked_as=moment.asked_as,
        position=moment.position,
        axis=moment.axis.value,
        said=moment.said,
    )
