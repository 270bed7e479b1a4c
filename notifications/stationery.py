"""The printing of letters: Jinja2 with escaping, one environment per language, CSS moved into the elements."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache
from pathlib import Path
from typing import Any

import css_inline
from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from notifications.addresses import mail_address, one_line, person_name, plain, web_link
from notifications.language import day_in_words, locale_of, moment_in_words, short_day, translations
from notifications.letter import Envelope, Letter

TEMPLATES = Path(__file__).with_name("templates")
TEXT_WIDTH = 74
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False)


def render(name: str, envelope: Envelope, *, fleeting: bool = False, **said: Any) -> Letter:
    """Print the letter of this name; every value it uses must be said, or printing fails."""
    to, contact = envelope.to, envelope.contact
    shop = stationery(to.language)
    values = {word: plain(value) for word, value in said.items()}
    values |= {"house": plain(envelope.house), "to": plain(to), "contact": plain(contact)}
    subject = one_line(shop.get_template(f"{name}/subject.txt").render(values))
    return Letter(
        key=envelope.key,
        name=name,
        to=mail_address(to.address),
        to_name=person_name(to.name),
        person=to.person,
        subject=subject,
        text=paragraphs(shop.get_template(f"{name}/body.txt").render(values)),
        html=INLINER.inline(shop.get_template(f"{name}/body.html").render(values, subject=subject)),
        reply_to=mail_address(contact.address) if contact else None,
        reply_to_name=person_name(contact.name) if contact else "",
        in_reply_to=envelope.in_reply_to,
        fleeting=fleeting,
    )


@lru_cache(maxsize=32)
def stationery(language: str) -> Environment:
    """The environment of one language, made once."""
    return environment(language, translations(language))


def environment(language: str, catalogue: NullTranslations) -> Environment:
    """Escapes .html and nothing else; an unknown name is an error, never an empty place in a letter."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda template: bool(template and template.endswith(".html")),
        undefined=StrictUndefined,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    locale = locale_of(language)
    made.globals |= {"language": language, "direction": locale.text_direction}
    made.filters |= {
        "day": lambda day: day_in_words(day, language),
        "short_day": lambda day: short_day(day, language),
        "moment": lambda at, zone: moment_in_words(at, language, zone),
        "link": web_link,
        "strong": strong,
    }
    return made


@pass_eval_context
def strong(context: EvalContext, value: object) -> str:
    """Bold in HTML, plain in text, so that both parts share one sentence to translate."""
    return Markup("<b>{}</b>").format(escape(value)) if context.autoescape else str(value)


def paragraphs(text: str) -> str:
    """The text part: lines a terminal can show, links left whole, never two empty lines."""
    lines = [_wrapped(line.rstrip()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _wrapped(line: str) -> str:
    hang = " " * (len(line) - len(line.lstrip(" -")))
    return textwrap.fill(line, TEXT_WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
