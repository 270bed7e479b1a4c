"""Letters about an attestation that ends: to the vendor who holds it and to the owner who relies on it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from notifications.letter import Envelope, Letter
from notifications.stationery import render


class Audience(StrEnum):
    """On which side of the table the reader sits."""

    VENDOR = "vendor"
    STAFF = "staff"


def attestation_renewal_due(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    attestation: str,
    issuer: str,
    ends: date,
    today: date,
    link: str = "",
) -> Letter:
    """Ask the vendor's contact for the next report or certificate before this one ends; without a link, by reply."""
    return render(
        "attestation_renewal_due",
        envelope,
        vendor=vendor,
        about=about,
        attestation=attestation,
        issuer=issuer,
        ends=ends,
        days=(ends - today).days,
        link=link,
    )


def attestation_renewal_escalated(
    envelope: Envelope,
    *,
    vendor: str,
    about: str,
    attestation: str,
    asked: str,
    requests: int,
    ends: date,
    today: date,
    link: str,
) -> Letter:
    """Tell the owner that the vendor was asked `requests` times and sent nothing."""
    return render(
        "attestation_renewal_escalated",
        envelope,
        vendor=vendor,
        about=about,
        attestation=attestation,
        asked=asked,
        requests=requests,
        ends=ends,
        days=(ends - today).days,
        link=link,
    )


def attestation_lapsed(
    envelope: Envelope,
    *,
    audience: Audience,
    vendor: str,
    about: str,
    attestation: str,
    issuer: str,
    ended: date,
    link: str,
    consequence: str = "",
) -> Letter:
    """Say that an attestation ended without a successor, and what follows from that."""
    return render(
        "attestation_lapsed",
        envelope,
        audience=audience,
        vendor=vendor,
        about=about,
        attestation=attestation,
        issuer=issuer,
        ended=ended,
        link=link,
        consequence=consequence,
    )
