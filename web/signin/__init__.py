"""How staff sign in."""

from __future__ import annotations

from fastapi import APIRouter

from web.signin import pages
from web.signin.authenticators import Authenticator
from web.signin.demo import OneClick
from web.signin.mailed import MailedCode


def routers() -> tuple[APIRouter, ...]:
    """The routes of every way to sign in."""
    ways: tuple[Authenticator, ...] = (MailedCode(), OneClick())
    return (pages.router(ways), *(way.router() for way in ways))
