"""A file of suppliers is judged whole: every problem with its line, its column and what to do."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from cli.importing import decoding, table
from cli.importing.deciding import decide, import_id, orders
from cli.importing.examining import Examined, examine
from cli.importing.problems import Problem, errors
from desk import AUDITOR, NOON, PROCUREMENT
from suppliers.likeness import Profile
from suppliers.supplier import Supplier

OWNER = uuid4()
STAFF = {"olga@us.example": OWNER}
KNOWN = Profile(id=uuid4(), name="Nimbus Analytics Ltd", registration_number="HRB 12-34", website="https://nimbus.io")


def read(content: str | bytes, *known: Profile, allowed: bool = False) -> Examined:
    content = content.encode() if isinstance(content, str) else content
    return examine(content, staff=STAFF, register=known, allow_duplicates=allowed)


def only(examined: Examined) -> Problem:
    (problem,) = examined.problems
    return problem


def names(examined: Examined) -> list[str]:
    assert not examined.problems
    return [entry.details.name for entry in examined.entries]


def test_a_full_row_becomes_a_supplier_with_contact_owner_model_and_data_source() -> None:
    examined = read(
        "Vendor;Legal entity;Country Code;URL;Reg. No.;Contact;E-Mail;OWNER;Sanctions;Model;Version;Region;Dataset"
        ";License\n"
        "Acme;Acme GmbH;de;https://acme.example;HRB 1;Ann;Ann@Acme.example;Olga@us.example;Yes;Lynx;4.1;EU;Maps;CC BY\n"
    )
    (entry,) = examined.entries
    assert (entry.details.legal_name, entry.details.country) == ("Acme GmbH", "DE")
    assert entry.contact is not None and entry.contact.email == "ann@acme.example"
    assert (entry.owner, entry.sanctions_clean) == (OWNER, True)
    assert entry.model is not None and (entry.model.name, entry.model.version) == ("Lynx", "4.1")
    assert entry.source is not None and (entry.source.name, entry.source.licence) == ("Maps", "CC BY")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_headings(delimiter: str) -> None:
    assert names(read(f"name{delimiter}country\nAcme{delimiter}DE\n")) == ["Acme"]


def test_line_breaks_between_quotes_stay_one_row_and_later_lines_keep_their_numbers() -> None:
    examined = read('name,country\n"Acme\nWorks",DE\n\nBeta,XX\n')
    assert [row.values["name"] for row in examined.rows] == ["Acme Works", "Beta"]
    assert (only(examined).line, only(examined).column) == (5, "country")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert names(read("name,country\nÄther Łódź,PL\n".encode(encoding))) == ["Äther Łódź"]


def test_windows_1252_is_read_with_a_notice() -> None:
    examined = read("name\nÄther – Süd\n".encode("cp1252"))
    assert examined.entries[0].details.name == "Äther – Süd"
    assert not examined.stops and "Windows-1252" in only(examined).sentence


@pytest.mark.parametrize(
    ("header", "row", "column", "says"),
    [
        ("name,country", ",DE", "name", "needs a name"),
        ("name,country", "A,Germany", "country", "Write DE."),
        ("name,country", "A,EU", "country", "two letters"),
        ("name,website", "A,not a site", "website", "web address"),
        ("name,website", "A,javascript:alert(1)", "website", "web address"),
        ("name,contact_name,contact_email", "A,Ann,ann at home", "contact_email", "one mail address"),
        ("name,contact_name", "A,Ann", "contact_email", "write both"),
        ("name,contact_email", "A,a@b.example", "contact_name", "write both"),
        ("name,owner_email", "A,no@us.example", "owner_email", "let them in first"),
        ("name,sanctions_clean", "A,maybe", "sanctions_clean", "yes or no"),
        ("name,sanctions_note", "A,EU list", "sanctions_clean", "no result"),
        ("name,model_version", "A,4", "model_name", "leave model_version empty"),
        ("name,licence", "A,MIT", "data_source_name", "leave licence empty"),
        ("name,model,supply_kind", "A,M,carrier pigeon", "supply_kind", "Write one of model_api"),
        ("name,legal_name", f"A,{'x' * 301}", "legal_name", "Longer than 300"),
        ("name", "A\0B", "name", "no text"),
        ("name,country", "A,DE,more", "", "more cells"),
        ("name,country", 'A,"DE"x', "", "quotes do not match"),
        ("name,country", 'A,"DE', "", "quotes do not match"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_do(header: str, row: str, column: str, says: str) -> None:
    problem = only(read(f"{header}\n{row}\n"))
    assert problem.stops and (problem.line, problem.column) == (2, column)
    assert says in problem.sentence


def test_all_problems_are_told_not_only_the_first() -> None:
    examined = read("name,country,website\n,XX,?\nGood,DE,\nBad,YY,\n")
    assert [(each.line, each.column) for each in examined.problems] == [
        (2, "name"), (2, "country"), (2, "website"), (4, "country"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"name,country\n", "no row below"),
        (b"country\nDE\n", "no column of this name"),
        (b"name,Vendor\nA,B\n", "there twice"),
        (b"name,webiste\nA,a.example\n", "write website"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"name\nA\nB\x81\xff\n", "neither in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, says: str) -> None:
    examined = read(content)
    assert examined.stops
    assert any(says in problem.sentence for problem in examined.problems)


def test_an_unknown_column_is_left_out_with_a_notice() -> None:
    examined = read("name,Cost centre,problem\nAcme,42,was wrong\n")
    assert not examined.stops
    assert (only(examined).column, only(examined).severity) == ("Cost centre", "warning")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    assert "rows: split it" in only(read("name\nAcme\nBeta\nGamma\n")).sentence
    monkeypatch.setattr(decoding, "MOST_BYTES", 10)
    assert "split it" in only(read("name\nAcme\nBeta\n")).sentence


def test_the_same_number_or_name_within_the_file_stops_it() -> None:
    examined = read("name,registration_number\nAcme,HRB-1\nOther,hrb 1\nACME Ltd.,\n")
    assert [(each.line, each.column) for each in errors(examined.problems)] == [(3, "registration_number"), (4, "name")]
    assert all("Acme (line 2)" in each.sentence for each in examined.problems)


def test_the_same_number_or_name_in_the_register_stops_it_unless_duplicates_are_allowed() -> None:
    content = "name,registration_number,legal_name\nOther,HRB1234,\nFine,,Nimbus Analytics Inc\n"
    refused = read(content, KNOWN)
    assert [(each.line, each.column) for each in errors(refused.problems)] == [
        (2, "registration_number"), (3, "legal_name"),
    ]  # fmt: skip
    assert "in the register" in refused.problems[0].sentence and "--allow-duplicates" in refused.problems[0].sentence
    allowed = read(content, KNOWN, allowed=True)
    assert not allowed.stops and len(allowed.problems) == 2


@pytest.mark.parametrize(
    ("row", "reason"), [("Nimbis Analytics,", "Very similar name"), ("Cloudy,nimbus.io", "Same website")]
)
def test_one_that_is_only_similar_is_a_warning_with_its_reason(row: str, reason: str) -> None:
    examined = read(f"name,website\n{row}\n", KNOWN)
    assert not examined.stops and len(examined.entries) == 1
    assert reason in only(examined).sentence


def test_a_duplicate_is_told_beside_what_else_is_wrong_with_its_row() -> None:
    examined = read("name,country\nNimbus Analytics,XX\n", KNOWN)
    assert {each.column for each in errors(examined.problems)} == {"name", "country"}


def test_the_same_file_always_gives_the_same_ids_and_another_file_others() -> None:
    def ids(content: str) -> list[UUID]:
        examined = read(content)
        batch = import_id(examined.digest)
        return [order.supplier_id for entry in examined.entries for order in orders(entry, batch)]  # type: ignore[attr-defined]

    assert ids("name\nAcme\nBeta\n") == ids("name\nAcme\nBeta\n")
    assert not set(ids("name\nAcme\nBeta\n")) & set(ids("name\nAcme\nBeta\n\n"))


def test_a_check_that_was_not_clean_is_recorded_as_such() -> None:
    examined = read("name,sanctions_clean,sanctions_note\nAcme,no,EU list\n")
    decided = decide(examined.entries, import_id(examined.digest), actor=PROCUREMENT, now=NOON)
    checked = decided.aggregates[0].pending_events[-1]
    assert isinstance(checked, Supplier.SanctionsChecked)
    assert (checked.clean, checked.note, checked.by) == (False, "EU list", PROCUREMENT.id)


def test_what_the_domain_refuses_is_a_problem_of_its_line() -> None:
    examined = read("name\nAcme\n")
    decided = decide(examined.entries, import_id(examined.digest), actor=AUDITOR, now=NOON)
    assert [(each.line, each.sentence) for each in decided.problems] == [(2, "Your role does not allow this.")]
