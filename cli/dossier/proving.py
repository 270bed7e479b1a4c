"""Some events of the log, each with the proof that it is in the tree as it was last sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from cli.called import Called, called
from cli.dossier.positions import positions
from cli.settings import Misconfigured
from events.tree import seals
from events.tree.findings import named
from events.tree.leaf import Leaf
from events.tree.proofs import Proof, Tree
from events.tree.reading import chosen
from web.services import Extract


class NotProvable(Exception):
    """The log is not what it was when it was sealed; tierce verify tells more."""


class Proven(NamedTuple):
    """A supplier's events and the way from each to the root over the first `tree.size` events."""

    supplier: Called
    leaves: Sequence[Leaf]
    proofs: Sequence[Proof]
    tree: Tree
    as_of: str = ""
    """When these were all that counted; "" today."""


async def proven(connection: Any, whom: str, extract: Extract | None = None) -> Proven:
    """Up to the last seal, as it was at one moment."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        supplier, tree = await called(connection, whom), await sealed_tree(connection)
        places = await positions(connection, supplier, tree.size)
        wanted = places if extract is None else [each for each in places if each in extract.positions]
        leaves = await chosen(connection, wanted)
    for leaf in leaves:
        if leaf.hash != tree.leaves[leaf.position - 1]:
            raise NotProvable(f"{named(leaf)} is not as it was when it was sealed: run tierce verify.")
    proofs = [tree.inclusion(leaf.position - 1) for leaf in leaves]
    return Proven(supplier, leaves, proofs, tree, extract.said if extract else "")


async def sealed_tree(connection: Any) -> Tree:
    """The tree that the seals say, if they agree with themselves."""
    leaves: list[bytes] = []
    root = b""
    async for seal in seals.every(connection):
        leaves += seal.hashes
        root = seal.root
    if not leaves:
        raise Misconfigured(["Nothing is sealed yet: is the role sealer running?"])
    tree = Tree(leaves)
    if tree.root() != root:
        raise NotProvable("The seals do not agree with each other: run tierce verify.")
    return tree
