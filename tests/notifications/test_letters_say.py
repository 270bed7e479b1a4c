"""The sentences that matter."""

from __future__ import annotations

import re
from datetime import date

import pytest

from letter_specimens import PRIYA, SPECIMENS, Words
from notifications.letter import Correspondent, Envelope, House
from notifications.letters import attestation_renewal_due, questionnaire_invitation

SUBJECTS = {
    "invitation": "Meridian Bank asks about Northwind Extract 2: please answer by 11 December 2026",
    "reminder upcoming": "15 questions left about Northwind Extract 2, due 11 December 2026",
    "reminder due_today": "Due today: 15 questions left about Northwind Extract 2",
    "reminder overdue": "3 days late: the questions about Northwind Extract 2",
    "reminder final": "Last reminder: the questions about Northwind Extract 2",
    "reminder all answered": "Ready to submit: your answers about Northwind Extract 2, due 11 December 2026",
    "answers received": "Northwind Cognition answered the questions about Northwind Extract 2",
    "receipt": "Meridian Bank has your answers about Northwind Extract 2",
    "returned": "2 answers about Northwind Extract 2 need a second look by 11 December 2026",
    "withdrawn": "No longer needed: the questions about Northwind Extract 2",
    "extended": "More time for the questions about Northwind Extract 2: until 8 January 2027",
    "unresponsive": "Northwind Cognition does not answer about Northwind Extract 2: please get in touch",
    "renewal": "SOC 2 Type II report for Northwind Extract 2 ends on 7 January 2027: please send the next one",
    "renewal escalated": "Northwind Cognition has not renewed SOC 2 Type II report: please get in touch",
    "lapsed for vendor": "SOC 2 Type II report for Northwind Extract 2 lapsed on 7 December 2026",
    "decision suspended": "Meridian Bank has decided about Northwind Extract 2: suspended",
    "decision declined": "Meridian Bank has decided about Northwind Extract 2: not approved",
    "record revoked": "Decision on Northwind Extract 2 by Northwind Cognition: approval revoked",
    "vendor code": "481 207 is your code for the questions about Northwind Extract 2",
    "sign-in code": "902 115 signs you in to Meridian Bank supplier review",
    "digest": "One thing overdue, and what comes due until 8 January 2027",
}

SENTENCES = {
    "invitation": [
        "46 questions, in sections you can do in any order",
        "About 75 minutes",
        "Friday 11 December 2026",
        "You can look at every question before you start.",
        "Not the right person? Reply and tell us who is.",
        "Reply to this mail and Dana Whitfield will read it.",
    ],
    "reminder upcoming": [
        "The answers are due in 3 days, on Friday 11 December 2026.",
        "31 of 46 required questions are answered. Everything is saved.",
        "It stops when you submit.",
    ],
    "reminder due_today": ["The answers are due today, Friday 11 December 2026."],
    "reminder overdue": ["We would rather move the date than lose your answers."],
    "reminder final": ["If we hear nothing by Monday 28 December 2026 we close the questionnaire"],
    "answers received": ["Priya Raman submitted the answers on Tuesday 8 December 2026, 10:42 UTC."],
    "receipt": ["You will hear the outcome from us by Friday 15 January 2027.", "A-2026-0042"],
    "returned": ["all others stay as they are", "Which evaluation covers this exact version?"],
    "withdrawn": ["You have nothing more to do, and the link we sent no longer opens it."],
    "unresponsive": ["sent 4 reminders", "31 of 46 required questions", "by Monday 21 December 2026"],
    "renewal": ["a bridge letter or the date it is planned for is enough for now"],
    "lapsed for staff": ["Answers that rest on it now count as unproven."],
    "decision approved_with_conditions": ["Send the evaluation of version 2.0", "by Sunday 31 January 2027"],
    "record declined": ["The use must not start, or must end."],
    "vendor code": ["481 207", "It works once, for the next 10 minutes.", "never asks you for it by phone or mail"],
    "digest": ["Yearly questionnaire", "Tuesday 1 December 2026"],
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_subject_says_it_all(name: str) -> None:
    assert SPECIMENS[name](Words()).subject == SUBJECTS[name]


@pytest.mark.parametrize("name", SENTENCES)
def test_both_parts_say_the_same(name: str) -> None:
    letter = SPECIMENS[name](Words())
    text = " ".join(letter.text.split())
    html = " ".join(letter.html.replace("<b>", "").replace("</b>", "").split())
    bare = " ".join(re.sub(r"<b [^>]*>", "", html).split())
    for sentence in SENTENCES[name]:
        assert sentence in text
        assert sentence in bare


def test_a_letter_knows_whose_it_is_and_who_reads_replies() -> None:
    letter = SPECIMENS["invitation"](Words())
    assert (letter.person, letter.to_name) == (PRIYA, "Priya Raman")
    assert (letter.reply_to, letter.reply_to_name) == ("dana.whitfield@meridian.example", "Dana Whitfield")
    assert not letter.fleeting and SPECIMENS["vendor code"](Words()).fleeting


def test_an_invitation_carries_the_senders_own_words() -> None:
    letter = questionnaire_invitation(
        Envelope(key="k", house=House(name="M"), to=Correspondent(address="a@b.example")),
        vendor="v",
        about="a",
        questions=1,
        minutes=1,
        due=date(2026, 12, 1),
        link="https://m.example/answer/x",
        message="As agreed on the phone.",
    )
    assert "As agreed on the phone." in letter.text
    assert "As agreed on the phone." in letter.html


def test_a_renewal_without_a_page_is_asked_for_by_reply() -> None:
    letter = attestation_renewal_due(
        Envelope(key="k", house=House(name="M"), to=Correspondent(address="a@b.example")),
        vendor="v",
        about="a",
        attestation="SOC 2 Type II report",
        issuer="i",
        ends=date(2026, 12, 1),
        today=date(2026, 11, 1),
    )
    assert "Reply to this mail with the new document attached." in letter.text
    assert "href" not in letter.html
