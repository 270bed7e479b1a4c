"""Arbitrary postures' inputs for property tests."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from suppliers.eu_ai_act import EuClass
from suppliers.factors import Factor, Tier, Verification
from suppliers.posture import (
    AnswerEvidence,
    Fading,
    MandatoryAttestation,
    OpenFinding,
    SectionEvidence,
    UseInputs,
)
from suppliers.questionnaires import Domain, Severity, Standing

TODAY = date(2026, 11, 24)

days = st.integers(min_value=-900, max_value=900).map(lambda n: TODAY + timedelta(days=n))
past = st.integers(min_value=0, max_value=900).map(lambda n: TODAY - timedelta(days=n))
shares = st.integers(min_value=0, max_value=20).map(lambda n: n / 20)

answers = st.builds(
    AnswerEvidence,
    question=st.uuids().map(str),
    weight=st.integers(min_value=1, max_value=5),
    half_life_days=st.sampled_from([180, 270, 365, 730]),
    standing=st.sampled_from([Standing.COUNTED] * 4 + list(Standing)),
    score=shares,
    fading=st.none() | st.builds(Fading, since=past, max_age_days=st.sampled_from([180, 365])),
    verification=st.sampled_from(Verification),
    evidence_on=past,
)
sections = st.lists(
    st.builds(
        SectionEvidence,
        id=st.uuids().map(str),
        title=st.just("Section"),
        domain=st.sampled_from(Domain),
        weight=st.integers(min_value=1, max_value=20).map(lambda n: n / 20),
        answers=st.lists(answers, max_size=4).map(tuple),
    ),
    max_size=6,
).map(tuple)
finding = st.builds(
    OpenFinding,
    id=st.uuids().map(str),
    title=st.just("Gap"),
    domain=st.sampled_from(Domain),
    severity=st.sampled_from(Severity),
    knock_out=st.booleans(),
    due_on=st.none() | days,
    planned=st.booleans(),
    accepted_until=st.none() | days,
)
attestation = st.builds(
    MandatoryAttestation,
    id=st.uuids().map(str),
    title=st.just("Report"),
    given=st.booleans(),
    ends_on=st.none() | days,
    waived_until=st.none() | days,
    suspends=st.booleans(),
)
inputs = st.builds(
    UseInputs,
    factors=st.fixed_dictionaries({factor: st.integers(min_value=0, max_value=4) for factor in Factor}),
    tier=st.sampled_from(Tier),
    eu_class=st.sampled_from([EuClass.HIGH, EuClass.LIMITED, EuClass.MINIMAL, EuClass.UNCLASSIFIED]),
    sections=sections,
    findings=st.lists(finding, max_size=5).map(tuple),
    attestations=st.lists(attestation, max_size=2).map(tuple),
    suspended=st.none() | st.sampled_from(["breach"]),
    round_open=st.booleans(),
)
