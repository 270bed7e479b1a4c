"""What somebody finds who checks an attestation."""

from __future__ import annotations

from suppliers.word import Word


class Coverage(Word):
    """Whether the attestation covers the subject we use."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Opinion(Word):
    """The issuer's opinion, where the type has one."""

    CLEAN = "clean"
    QUALIFIED = "qualified"
    ADVERSE = "adverse"
    NOT_APPLICABLE = "n/a"
