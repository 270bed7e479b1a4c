"""The tree is the one of RFC 9162: its published values, an independent implementation, and every small size."""

from __future__ import annotations

import pytest
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion
from pymerkle.hasher import MerkleHasher

from events.tree.frontier import Frontier
from events.tree.hashing import EMPTY, leaf_hash, node_hash
from events.tree.proofs import Tree, consistent, included

SIZES = range(1, 20)
DATA = [
    b"",
    b"\x00",
    b"\x10",
    b" !",
    b"01",
    b"@ABC",
    b"PQRSTUVW",
    b"`abcdefghijklmno",
    *(b"%d" % n for n in range(12)),
]
LEAVES = [leaf_hash(each) for each in DATA]
"""The first eight are the test vectors of Certificate Transparency."""

ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert Tree(LEAVES[:size]).root().hex() == ROOTS[size]


def test_no_leaves_have_the_root_of_nothing() -> None:
    assert Tree([]).root() == Frontier().root() == EMPTY


def test_the_other_implementation_hashes_leaves_and_nodes_as_the_rfc_does() -> None:
    hasher = MerkleHasher("sha256")
    assert hasher.hash_buff(b"x") == leaf_hash(b"x")
    assert hasher.hash_pair(LEAVES[0], LEAVES[1]) == node_hash(LEAVES[0], LEAVES[1])


def test_another_implementation_agrees_on_roots_and_proofs() -> None:
    theirs, ours = InmemoryTree(algorithm="sha256"), Tree(LEAVES)
    for each in DATA:
        theirs.append_entry(each)
    for size in SIZES:
        assert theirs.get_root(size) == ours.root(size)
        for index in range(size):
            their_proof = theirs.prove_inclusion(index + 1, size)
            verify_inclusion(LEAVES[index], ours.root(size), their_proof)
            assert their_proof.path[1:] == ours.inclusion(index, size)
        for earlier in range(1, size + 1):
            # Its own form of proof, with other steps than the RFC's, holds between our roots.
            verify_consistency(ours.root(earlier), ours.root(size), theirs.prove_consistency(earlier, size))


def test_consistency_proofs_are_those_of_the_rfc_taken_word_by_word() -> None:
    def subproof(m: int, leaves: list[bytes], complete: bool) -> list[bytes]:
        n = len(leaves)
        if m == n:
            return [] if complete else [Tree(leaves).root()]
        k = max(1 << power for power in range(8) if 1 << power < n)
        if m <= k:
            return [*subproof(m, leaves[:k], complete), Tree(leaves[k:]).root()]
        return [*subproof(m - k, leaves[k:], False), Tree(leaves[:k]).root()]

    tree = Tree(LEAVES)
    for size in SIZES:
        for earlier in range(1, size + 1):
            assert tree.consistency(earlier, size) == subproof(earlier, LEAVES[:size], True)


def test_a_tree_that_grows_leaf_by_leaf_or_by_many_has_the_same_root() -> None:
    single, by_three = Frontier(), Frontier()
    for size in SIZES:
        single.add([LEAVES[size - 1]])
        assert Frontier.load(size, single.dump()).root() == single.root() == Tree(LEAVES[:size]).root()
    for at in range(0, 18, 3):
        by_three.add(LEAVES[at : at + 3])
    assert by_three.root() == Tree(LEAVES[:18]).root()


def test_every_proof_convinces_and_none_with_anything_changed() -> None:
    tree = Tree(LEAVES)
    for size in SIZES:
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion(index, size)
            assert included(LEAVES[index], index, size, root, proof)
            assert not included(LEAVES[index + 1], index, size, root, proof)
            assert not included(LEAVES[index], index, size, LEAVES[0][::-1], proof)
            assert not included(LEAVES[index], index, size, root, [*proof, root])
            assert not proof or not included(LEAVES[index], index, size, root, proof[:-1])
            assert size == 1 or not included(LEAVES[index], (index + 1) % size, size, root, proof)


def test_a_tree_that_was_changed_before_it_grew_has_no_consistency_proof() -> None:
    tree, other = Tree(LEAVES), Tree([LEAVES[-1], *LEAVES[1:]])
    for size in SIZES:
        for earlier in range(1, size + 1):
            proof = tree.consistency(earlier, size)
            assert consistent(earlier, tree.root(earlier), size, tree.root(size), proof)
            assert not consistent(earlier, other.root(earlier), size, tree.root(size), proof)
            assert not consistent(earlier, other.root(earlier), size, tree.root(size), other.consistency(earlier, size))
            assert not consistent(earlier, tree.root(earlier), size, other.root(size), proof)
            assert not consistent(earlier, tree.root(earlier), size, tree.root(size), [*proof, LEAVES[0]])
            assert not proof or not consistent(earlier, tree.root(earlier), size, tree.root(size), proof[:-1])


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="perfect"):
        Frontier(3, [EMPTY])
