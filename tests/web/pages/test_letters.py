"""Staff see what was mailed and what became of it."""

from __future__ import annotations

from datetime import timedelta

from tests.web.pages.rounds import Rounds

PUT = """
INSERT INTO letters (key, letter, recipient, subject, state, attempts, smtp_code, smtp_text, created_at, sent_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

MANY = "INSERT INTO letters (key, letter, state) SELECT n, 'receipt', 'done' FROM generate_series(1, 1001) AS n"


async def put(rounds: Rounds, key: str, state: str, code: int | None = None, said: str = "", age: int = 1) -> None:
    at = rounds.clock.now() - timedelta(minutes=age)
    await rounds.pool.execute(PUT, key, "questionnaire_invitation", f"{key}@vendor.example", f"About {key}", state, 1,
                              code, said, at, at if state in ("sent", "done") else None)  # fmt: skip


async def test_without_letters_the_page_says_what_comes_here(rounds: Rounds) -> None:
    dana = await rounds.begin()
    assert "Nothing was mailed yet" in await dana.sees("/letters")


async def test_each_letter_shows_recipient_subject_state_and_what_to_do(rounds: Rounds) -> None:
    dana = await rounds.begin()
    await put(rounds, "a", "done", 250)
    await put(rounds, "b", "refused", 550, "no such mailbox")
    await put(rounds, "c", "unknown", None, "connection lost")
    await put(rounds, "d", "owed", 451, "greylisted")
    page = await dana.sees("/letters")
    assert all(f"{key}@vendor.example" in page and f"About {key}" in page for key in "abcd")
    assert "will not take it: 550 no such mailbox" in page and "it may have arrived" in page
    assert "451 greylisted" in page
    refused = await dana.sees("/letters?state=refused")
    assert "About b" in refused and "About a" not in refused
    assert "About c" in await dana.sees("/letters?q=C@vendor") and "About c" not in await dana.sees("/letters?q=a@")


async def test_older_letters_are_a_page_away(rounds: Rounds) -> None:
    dana = await rounds.begin()
    for number in range(55):
        await put(rounds, f"n{number:02}", "done", age=number)
    first = await dana.sees("/letters")
    assert "About n00" in first and "About n49" in first and "About n50" not in first
    more = first.split('<a class="button" href="/letters')[1].split('"')[0].replace("&amp;", "&")
    rest = await dana.sees(f"/letters{more}")
    assert "About n50" in rest and "About n54" in rest and "About n49" not in rest


async def test_signs_of_a_search_are_taken_as_they_are(rounds: Rounds) -> None:
    dana = await rounds.begin()
    await put(rounds, "a", "done")
    assert "About a" not in await dana.sees("/letters?q=%25")
    await dana.sees("/letters?after=nonsense&state=nonsense")


async def test_letters_are_counted_as_far_as_anybody_counts(rounds: Rounds) -> None:
    dana = await rounds.begin()
    await put(rounds, "b", "refused", 550, "no such mailbox")
    await rounds.pool.execute(MANY)
    page = await dana.sees("/letters")
    assert page.count('<span class="count">1,000+</span>') == 2  # all, and those that were sent
    assert 'Refused <span class="count">1</span>' in page
