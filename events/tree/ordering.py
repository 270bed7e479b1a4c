"""What the append function promises of every log: no gap anywhere, and no time that runs backwards."""

from __future__ import annotations

from collections.abc import Sequence

from events.tree.findings import Finding, named
from events.tree.leaf import Leaf

MOST = 100
"""Findings that are kept: one removed event disorders all that follow."""


class Ordering:
    """Told of all events in order of their positions."""

    def __init__(self) -> None:
        self.events = 0
        self.findings: list[Finding] = []
        self._position = 0
        self._recorded_at = -(2**63)
        self._versions: dict[bytes, int] = {}

    @property
    def streams(self) -> int:
        return len(self._versions)

    def take(self, leaves: Sequence[Leaf]) -> None:
        """The next ones. What is expected is usually so, and this is asked a million times."""
        position, recorded_at, versions = self._position, self._recorded_at, self._versions
        for leaf in leaves:
            position += 1
            version = versions.get(leaf.stream, 0) + 1
            if leaf.position != position or leaf.version != version or leaf.recorded_at < recorded_at:
                self._found(leaf, position, version, recorded_at)
                position = leaf.position
            versions[leaf.stream], recorded_at = leaf.version, leaf.recorded_at
        self.events += len(leaves)
        self._position, self._recorded_at = position, recorded_at

    def _found(self, leaf: Leaf, position: int, version: int, recorded_at: int) -> None:
        if len(self.findings) >= MOST:
            return
        if leaf.position > position:
            said = f"Event {position} was removed: the next one is {named(leaf)}."
            self.findings.append(Finding(position, "removed", said))
        elif leaf.position < position:
            self.findings.append(
                Finding(leaf.position, "inserted", f"Inserted: {named(leaf)} stands where none can be.")
            )
        if leaf.version != version:
            said = f"Out of order: {named(leaf)} should be version {version} of its stream."
            self.findings.append(Finding(leaf.position, "disordered", said))
        if leaf.recorded_at < recorded_at:
            said = f"Out of order: {named(leaf)} is dated before the event in front of it."
            self.findings.append(Finding(leaf.position, "disordered", said))
