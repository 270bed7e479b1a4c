"""The frame of a page, from what is known of the request."""

from __future__ import annotations

from fastapi import Request

from web.context import services_of
from web.flashes import shown
from web.frame import Frame, VendorFrame


def frame_of(request: Request) -> Frame:
    """Around a staff page; without a viewer while nobody is signed in."""
    services, staff = services_of(request), getattr(request.state, "staff", None)
    return Frame(
        company=services.identity.company,
        csrf=getattr(request.state, "csrf", ""),
        now=services.clock.now(),
        viewer=staff.viewer if staff else None,
        flashes=shown(request),
        demo=services.identity.demo,
        query=request.query_params.get("q", "") if request.url.path == "/suppliers" else "",
        behind=getattr(request.state, "behind", 0),
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
