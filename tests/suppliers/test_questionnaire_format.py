"""A questionnaire that contradicts itself is refused when it is read."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from suppliers.questionnaires import Library, NoSuchQuestionnaire, Questionnaire, library, read

TEXT = files("suppliers.questionnaires").joinpath("ddq_data_source.yaml").read_text("utf-8")


def broken(change: Callable[[dict[str, Any]], None]) -> str:
    content = yaml.safe_load(TEXT)
    change(content)
    return yaml.safe_dump(content)


def question(content: dict[str, Any], id: str) -> dict[str, Any]:
    return next(each for each in content["questions"] if each["id"] == id)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda c: c.update(extra=1), "Extra inputs"),
        (lambda c: question(c, "PRO-03").update(wieght=3), "Extra inputs"),
        (lambda c: question(c, "PRO-03").update(id="PRO-02"), "used twice"),
        (lambda c: question(c, "PRO-03").update(section="XYZ"), "does not exist"),
        (lambda c: question(c, "PRO-03").update(scoring={"kind": "presence"}), "does not fit"),
        (lambda c: question(c, "SRC-01").update(weight=1), "has no weight"),
        (lambda c: question(c, "PRO-03").update(options=[]), "options belong to choices"),
        (lambda c: question(c, "PRO-01")["options"][0].pop("points"), "needs points"),
        (lambda c: question(c, "PRO-03").update(refs=["NOPE:1"]), "unknown prefix"),
        (lambda c: c["sections"][0].update(weight=0.5), "sum to 1"),
        (
            lambda c: question(c, "SRC-02").update(ask_if={"answer": "PRV-01", "op": "eq", "value": "none"}),
            "does not come earlier",
        ),
        (
            lambda c: question(c, "RTS-03").update(ask_if={"answer": "PRO-01", "op": "includes", "value": "magic"}),
            "no option magic",
        ),
        (lambda c: question(c, "PRO-03")["flags"][0]["when"].update(value="maybe"), "no option maybe"),
        (lambda c: question(c, "QUA-04").update(ask_if={"fact": "intake.mood", "op": "is_true"}), "vocabulary"),
        (lambda c: question(c, "QUA-04").update(ask_if={"fact": "intake.gpai", "op": "like", "value": 1}), "Input"),
        (lambda c: question(c, "QUA-04").update(ask_if={"fact": "intake.gpai", "op": "eq"}), "with value None"),
        (lambda c: question(c, "QUA-04").update(ask_if={"fact": "intake.gpai", "op": "in", "value": 1}), "takes"),
        (lambda c: c.update(schema="ddq/2"), "ddq/1"),
        (lambda c: c.update(version="1"), "pattern"),
    ],
)
def test_a_contradiction_is_refused(change: Callable[[dict[str, Any]], None], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        read(broken(change))


def test_the_same_version_twice_is_refused() -> None:
    one = read(TEXT)
    with pytest.raises(ValueError, match="exists twice"):
        Library([one, one])


def test_a_version_is_found_by_its_reference_and_an_unknown_one_refused() -> None:
    assert library().by_ref("ddq-ai-model@1.0.0").subject_kind == "vendor_model"
    with pytest.raises(NoSuchQuestionnaire):
        library().by_ref("ddq-ai-model@9.0.0")


def test_the_newest_version_counts_by_number_not_by_letters() -> None:
    def version(number: str) -> Questionnaire:
        return read(broken(lambda content: content.update(version=number)))

    shelf = Library([version("1.9.0"), version("1.10.0")])
    assert shelf.latest("data_source").version == "1.10.0"
    with pytest.raises(NoSuchQuestionnaire):
        shelf.latest("vendor_model")
