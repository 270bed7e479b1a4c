"""Reads pages as a browser does: their forms with what is filled in already, their links and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

SILENT = {"script", "style", "template", "title"}
BUTTONS = {"submit", "button", "image", "reset"}


@dataclass
class Form:
    """`fields` are what would be sent untouched, `offered` the values that can be chosen."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    """What a list's line says -> its value."""
    files: list[str] = field(default_factory=list)

    def filled(self, **entries: str | list[str]) -> dict[str, str | list[str]]:
        """As it would be sent with these entries; a field that is not there cannot be filled in."""
        sent: dict[str, str | list[str]] = {}
        for name, value in self.fields:
            before = sent.get(name)
            sent[name] = value if before is None else [*([before] if isinstance(before, str) else before), value]
        for name, value in entries.items():
            assert name in self.offered, f"{self.action} has no field {name}, only {sorted(self.offered)}"
            options = [each for each in self.offered[name] if each]
            chosen = [value] if isinstance(value, str) else value
            assert not options or set(chosen) <= set(options), f"{name} offers {options}, not {value}"
            sent[name] = value
        return sent


class Reader(HTMLParser):
    """Forgiving as browsers are, for what our pages contain."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._loose: dict[str, Form] = {}
        self._form: Form | None = None
        self._words: list[str] = []
        self._silent = 0
        self._select: tuple[Form, str, list[tuple[str, bool]]] | None = None
        self._area: tuple[Form, str, list[str]] | None = None
        self._option: tuple[str, list[str]] | None = None
        self._link: tuple[str, list[str]] | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join("".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent += 1
        if tag == "form":
            self._begin_form(given)
        if tag == "a" and "href" in given:
            self._link = (given["href"], [])
        if re.fullmatch("p|li|td|th|dt|dd|h[1-6]|div|br|option|tr|button|section", tag):
            self._words.append(" ")
        owner = self._form or self._loose.get(given.get("form", ""))
        if owner is not None and "disabled" not in given:
            self._control(tag, given, owner)

    def _begin_form(self, given: dict[str, str]) -> None:
        self._form = Form(given.get("action", ""), given.get("method", "get").lower())
        self.forms.append(self._form)
        if "id" in given:
            self._loose[given["id"]] = self._form

    def _control(self, tag: str, given: dict[str, str], form: Form) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input":
            self._input(form, name, given)
        elif tag == "select":
            form.offered.setdefault(name, [])
            self._select = (form, name, [])
        elif tag == "option" and self._select is not None:
            self._select[2].append((value, "selected" in given))
            form.offered[self._select[1]].append(value)
            self._option = (value, [])
        elif tag == "textarea":
            form.offered.setdefault(name, [])
            self._area = (form, name, [])

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "file":
            form.files.append(name)
        elif kind in BUTTONS or not name:
            return
        elif kind in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields.append((name, given.get("value", "on")))
        else:
            form.offered.setdefault(name, [])
            form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent -= 1
        if tag == "form":
            self._form = None
        if tag == "select" and self._select is not None:
            form, name, options = self._select
            chosen = [value for value, selected in options if selected] or [value for value, _ in options[:1]]
            form.fields += [(name, value) for value in chosen]
            self._select = None
        if tag == "textarea" and self._area is not None:
            form, name, words = self._area
            form.fields.append((name, "".join(words).removeprefix("\n")))
            self._area = None
        if tag == "option" and self._option is not None and self._select is not None:
            form, name, _ = self._select
            form.labels[name, " ".join("".join(self._option[1]).split())] = self._option[0]
            self._option = None
        if tag == "a" and self._link is not None:
            self.links.append((self._link[0], " ".join("".join(self._link[1]).split())))
            self._link = None

    def handle_data(self, data: str) -> None:
        for part in (self._area and self._area[2], self._option and self._option[1], self._link and self._link[1]):
            if part is not None:
                part.append(data)
        if not self._silent and self._area is None:
            self._words.append(data)
