"""Somebody closes the laptop while a form is on its way."""

from __future__ import annotations

from structlog.testing import capture_logs

from tests.web.stage import Stage


async def test_who_hangs_up_in_the_middle_of_a_form_is_no_fault_of_ours(stage: Stage) -> None:
    sent: list[object] = []

    async def hang_up() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        sent.append(message)

    headers = [(b"host", b"risk.example"), (b"content-type", b"application/x-www-form-urlencoded")]
    scope = {
        "type": "http", "method": "POST", "path": "/answer/x/code", "raw_path": b"/answer/x/code", "query_string": b"",
        "headers": headers, "scheme": "https", "server": ("risk.example", 443), "client": ("203.0.113.7", 50000),
        "http_version": "1.1", "asgi": {"version": "3.0"}, "root_path": "",
    }  # fmt: skip
    with capture_logs() as logs:
        await stage.app(scope, hang_up, send)  # type: ignore[arg-type]
    assert [each for each in logs if each["log_level"] == "error"] == []
    assert sent == []
