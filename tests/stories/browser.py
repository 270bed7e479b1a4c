"""A browser without a window: keeps cookies, follows redirects, sends forms with what their page put into them."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

import httpx

from tests.stories.forms import Form, Reader

File = tuple[str, bytes, str]
"""Name, content, media type."""


class Page:
    """What came back, read."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.url.raw_path.decode()
        self._read = Reader(response.text)
        self.text, self.forms, self.links = self._read.text, self._read.forms, self._read.links

    def __repr__(self) -> str:
        return f"{self.path} ({self.status}): {self.text}"

    def form(self, action: str) -> Form:
        """The first one whose action ends with this; "" is the one that goes to the page itself."""
        own = ("", self.path.split("?")[0])
        return self.one(lambda form: form.action.endswith(action) if action else form.action in own, action)

    def one(self, wanted: Callable[[Form], bool], what: str) -> Form:
        found = [form for form in self.forms if form.method == "post" and wanted(form)]
        assert found, f"{self.path} has no form {what}, only {[form.action for form in self.forms]}: {self.text[:2000]}"
        return found[0]

    def link(self, text: str) -> str:
        """Where the first link with these words leads."""
        found = [href for href, words in self.links if text in words]
        assert found, f"{self.path} has no link {text!r}, only {self.links}"
        return found[0]

    def says(self, *sentences: str) -> Page:
        for sentence in sentences:
            assert sentence in self.text, f"{self.path} ({self.status}) does not say {sentence!r}: {self.text[:6000]}"
        return self


class Browser:
    """One person's; `base_url` is where the application answers."""

    def __init__(self, base_url: str, *, timeout: float = 30) -> None:
        self.client = httpx.AsyncClient(base_url=base_url, follow_redirects=True, timeout=timeout)
        self.base_url = base_url

    async def open(self, path: str, *, status: int = 200) -> Page:
        page = Page(await self.client.get(path))
        assert page.status == status, f"{path}: {page.status} {page.text[:1500]}"
        return page

    async def send(
        self,
        page: Page,
        action: str | Form,
        *,
        status: int = 200,
        button: tuple[str, str] | None = None,
        file: File | None = None,
        to: str = "",
        **entries: str | list[str],
    ) -> Page:
        """Fill in a form of the page and send it as its button would (which may have a value or an address)."""
        form = page.form(action) if isinstance(action, str) else action
        data = form.filled(**entries) | dict([button] if button else [])
        answer = await self.client.post(
            page.response.url.join(to or form.action or page.path),
            data=data,
            files={form.files[0]: file} if file else None,
            headers={"Origin": self.base_url, "Referer": str(page.response.url)},
        )
        read = Page(answer)
        assert read.status == status, f"{form.action}: {read.status} {read.text[:3000]} after {data}"
        return read

    async def save(self, page: Page, action: str, **entries: str | list[str]) -> httpx.Response:
        """As the page's script sends a form by itself: the answer is for the script, the page stays."""
        form = page.form(action)
        headers = {"Origin": self.base_url, "Referer": str(page.response.url), "Accept": "application/json"}
        return await self.client.post(form.action, data=form.filled(**entries), headers=headers)

    async def __aenter__(self) -> Browser:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.aclose()
