"""The vendor's side: the mailed link, the questions, the receipt."""

from __future__ import annotations

from web.answer import door, files, pages, saving, submitting

routers = (door.router, pages.router, saving.router, files.router, submitting.router)
