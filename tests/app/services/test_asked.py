"""A purpose is kept before persons' data is shown or taken away, once for each act, and never without words."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.operation import Operation
from app.errors import Refusal
from app.services.asked import MOST, ask_data
from app.store import journal
from tests.office import Office

SAID: dict[str, Any] = {"purpose": "Đôn đốc hồ sơ quá hạn", "what": "II.06a:all:late", "count": 12}


def ask(office: Office, intent: str = "hỏi-1", **changes: Any) -> Operation:
    with office.application.database.writing() as connection:
        return ask_data(
            connection, office.application.enrolled, office.clerk, intent=intent, now=office.clock.now(),
            randomness=office.noise.randbytes, **{**SAID, **changes},
        )


def lines(office: Office) -> int:
    with office.application.database.reading() as connection:
        return len([each for _, each in journal.operations(connection) if each.header.type == "data.asked"])


def test_the_line_tells_who_asked_for_what_and_why(office: Office) -> None:
    line = ask(office)
    assert line.header.type == "data.asked" and line.header.staff == office.clerk.id
    assert line.body == {**SAID, "clerk_name": office.clerk.name}
    assert lines(office) == 1


def test_one_act_is_one_line(office: Office) -> None:
    assert ask(office).header.op_id == ask(office).header.op_id
    ask(office, "hỏi-2")
    assert lines(office) == 2


@pytest.mark.parametrize("other", [{"purpose": "Việc khác hẳn"}, {"what": "II.06a:all:open"}, {"count": 13}])
def test_an_intent_is_not_taken_for_another_list(office: Office, other: dict[str, Any]) -> None:
    ask(office)
    with pytest.raises(Refusal) as found:
        ask(office, **other)
    assert found.value.code == "intent_reused" and lines(office) == 1


@pytest.mark.parametrize(("purpose", "code"), [
    ("", "purpose_missing"), ("  \n ", "purpose_missing"), ("12345 67", "purpose_missing"),
    ("abc", "purpose_missing"), ("Rà soát " * MOST, "purpose_too_long"),
])
def test_without_a_purpose_in_words_nothing_is_asked(office: Office, purpose: str, code: str) -> None:
    with pytest.raises(Refusal) as found:
        ask(office, purpose=purpose)
    assert found.value.code == code and lines(office) == 0


def test_a_purpose_is_kept_in_one_line(office: Office) -> None:
    assert ask(office, purpose="  Đôn đốc\n\n hồ sơ  quá hạn ").body["purpose"] == SAID["purpose"]
