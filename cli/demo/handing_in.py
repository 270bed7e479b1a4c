"""The files of the demo: what is in them, by what was asked for."""

from __future__ import annotations

from datetime import date

from cli.demo.matter import Matter
from cli.demo.papers import Paper, pdf, slug, structured, table

TABLES = ("list", "table", "register", "record", "log")
DATA = ("cyclonedx", "metadata")


def paper_for(matter: Matter, asked: str, on: date) -> Paper:
    """A file that is what was asked for: a table, machine-readable data, or a document."""
    words = asked.casefold()
    name = f"{slug(matter.supplier.name)}-{slug(asked)[:40]}-{on:%Y-%m}"
    if any(each in words for each in DATA):
        return structured(f"{name}.json", _machine_readable(matter, on))
    if any(each in words for each in TABLES):
        return table(f"{name}.csv", _rows(matter, asked, on))
    return pdf(f"{name}.pdf", asked, _paragraphs(matter, asked, on))


def _paragraphs(matter: Matter, asked: str, on: date) -> list[str]:
    places = matter.places
    return [
        f"{places['legal']} ({places['country']}), {places['number']}",
        f"Subject: {matter.subject.name}. Date of this document: {on:%d %B %Y}.",
        f"This is an invented document of a demonstration. It stands for: {asked}.",
        "Scope. The statements below hold for the service as offered to business customers. Regions, versions and "
        "exclusions are named where they matter.",
        "Findings. Of 24 points examined, 21 were met without reservation, 2 with a remark and 1 is open with a "
        "date. No finding concerns the separation of customers.",
        "Limits. Figures were taken under normal load. They say nothing about other versions, other languages or uses "
        "that the instructions exclude.",
        f"Signed for the supplier: {places['contact']}.",
    ]


def _rows(matter: Matter, asked: str, on: date) -> list[list[object]]:
    countries = ["DE", "IE", "NL", "FR", "US", matter.supplier.country]
    head: list[list[object]] = [["No.", asked, "Country", "Since", "Remark"]]
    body: list[list[object]] = [
        [n, f"{matter.subject.name} part {n}", countries[n % len(countries)], f"{on.year - n % 4}-0{1 + n % 9}-01", ""]
        for n in range(1, 13)
    ]
    return head + body


def _machine_readable(matter: Matter, on: date) -> dict[str, object]:
    kind = "machine-learning-model" if matter.kind.value == "vendor_model" else "data"
    component: dict[str, object] = {
        "type": kind,
        "bom-ref": slug(matter.subject.name),
        "name": matter.subject.name,
        "version": getattr(matter.subject, "version", on.isoformat()),
        "supplier": {"name": matter.supplier.legal},
    }
    if kind == "machine-learning-model":
        component["modelCard"] = {"modelParameters": {"task": matter.use.title, "architectureFamily": "transformer"}}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": f"{on.isoformat()}T00:00:00Z", "component": component},
        "components": [component],
    }
