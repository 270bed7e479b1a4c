"""The staff's pages; each module brings a router and adds it here, in the order in which they are matched."""

from __future__ import annotations

from fastapi import APIRouter

routers: tuple[APIRouter, ...] = ()
