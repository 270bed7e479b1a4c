"""axe-core, as a script and as a question: only what is wrong comes back, for the rest is more than any page."""

from __future__ import annotations

from pathlib import Path

SCRIPT = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
MISSING = "typeof axe === 'undefined'"
FAULTS = """
async (colours) => {
    const found = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'color-contrast': {enabled: colours}},
        resultTypes: ['violations'],
        selectors: false,
        preload: false,
    });
    return found.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 160)}`);
}
"""
"""By WCAG 2.2 AA and best practice."""
