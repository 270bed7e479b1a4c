"""The five small bars beside a band: drawn once, since lists show them in every row."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

MOST = 5


def _bars(level: int) -> Markup:
    faint = Markup(' opacity=".28"')
    rects = Markup("").join(
        Markup('<rect x="{}" y="{}" width="3" height="{}" rx=".6" fill="currentColor"{}/>').format(
            n * 4, 8 - n * 2, 2 + n * 2, faint if n >= level else ""
        )
        for n in range(MOST)
    )
    head = '<svg class="bars" width="20" height="10" viewBox="0 0 20 10" aria-hidden="true" focusable="false">'
    return Markup(head) + rects + Markup("</svg>")


BARS: Sequence[Markup] = tuple(_bars(level) for level in range(MOST + 1))
"""By level: how many are full."""
