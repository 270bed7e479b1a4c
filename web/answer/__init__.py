"""The vendor's side: the mailed link, the questions, the receipt."""

from __future__ import annotations

from fastapi import APIRouter

routers: tuple[APIRouter, ...] = ()
