"""Pages from templates: one strict Jinja environment, whole pages or single blocks of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, tzinfo
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlencode

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, StrictUndefined, select_autoescape
from jinja2.environment import TemplateModule
from jinja2_fragments import render_block, render_blocks

from web import charts, figures
from web.assets import static_url
from web.bars import BARS
from web.dates import Calendar
from web.frame import initials
from web.words import BANDS, TIERS, band, tone, words

GOVUK = "govuk_frontend_jinja"
FEW_LOOKS = frozenset({"icon", "tier", "standing"})
"""Macros that are given nothing but one of our own words, and draw it the same each time."""


class Pages:
    """Renders templates; made once and given to the web."""

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.environment = environment(zone)

    def page(self, template: str, **context: Any) -> str:
        """A whole page."""
        return self.environment.get_template(template).render(context)

    def block(self, template: str, block: str, **context: Any) -> str:
        """One block of a page, as the answer to an htmx request."""
        return render_block(self.environment, template, block, context)

    def blocks(self, template: str, *names: str, **context: Any) -> str:
        """Several blocks after each other; the later ones carry hx-swap-oob."""
        return render_blocks(self.environment, template, names, context)


def environment(zone: tzinfo = UTC) -> Environment:
    """The environment all pages are rendered in: escapes HTML, and an unknown variable is an error."""
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=select_autoescape(("html",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(Calendar(zone).filters())
    made.filters.update(figures.FILTERS, words=words, tone=tone, initials=initials)
    made.globals.update(static_url=static_url, query=query, band_of=band, BANDS=BANDS, TIERS=TIERS, geometry=charts)
    made.globals.update(govuk=Govuk(), BARS=BARS)
    made.globals.update(macros(made))
    return made


def macros(made: Environment) -> Mapping[str, Macros]:
    """Every file in macros/ under its name, without an import: a block rendered alone runs no import of its file."""
    paths = made.list_templates(filter_func=lambda path: path.startswith("macros/"))
    named = {path.removeprefix("macros/").removesuffix(".html"): Macros(made, path) for path in paths}
    return {**named, "chart": named["charts"]}


class Macros:
    """A file of macros, loaded at its first use: only then are all the globals there that it may refer to."""

    def __init__(self, environment: Environment, path: str) -> None:
        self.environment = environment
        self.path = path

    @cached_property
    def module(self) -> TemplateModule:
        return self.environment.get_template(self.path).module

    def __getattr__(self, macro: str) -> Any:
        """Looked up once: a list calls the same few macros in each of its rows."""
        found = getattr(self.module, macro)
        made = cache(found) if macro in FEW_LOOKS else found
        setattr(self, macro, made)
        return made


def query(current: Mapping[str, Any], **changes: Any) -> str:
    """The query string of the current filters with some changed; None or "" removes one. Links keep their filters."""
    kept = {name: value for name, value in {**current, **changes}.items() if value not in (None, "", [])}
    return f"?{urlencode(kept, doseq=True)}"


class Govuk:
    """The govuk-frontend macros, `govuk.radios({...})`; they need undefined values to be falsy, so they live apart."""

    def __init__(self) -> None:
        self.environment = Environment(
            loader=PrefixLoader({GOVUK: PackageLoader(GOVUK)}),
            autoescape=True,
            undefined=ChainableUndefined,
        )

    def __getattr__(self, component: str) -> Any:
        module = self.environment.get_template(f"{GOVUK}/components/{component.replace('_', '-')}/macro.html").module
        camel = "".join(part.capitalize() for part in component.split("_"))
        return getattr(module, f"govuk{camel}")
