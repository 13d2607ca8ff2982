"""What comes back from the nation: the agency's word where configured, and never our own words as news."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.life import facts as said
from tests.sync.gateway.bridge.conftest import Trial
from tests.sync.gateway.bridge.dossiers import act, receive

RETURNS = {"states": ["4", "5", "8", "9"], "hours": 6}


def statuses(trial: Trial) -> list[Any]:
    return [entry.body["status"] for entry in trial.counter.whole_feed() if entry.kind == "status"]


def told(trial: Trial, **changes: Any) -> str:
    trial.changes = {"progress": "off", **changes}
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    trial.run()
    trial.gateway.advance(hours=7)
    return number


def test_nothing_is_asked_unless_configured(trial: Trial) -> None:
    number = told(trial)
    trial.national.statuses[number] = "9"
    trial.until_quiet(2)
    assert [service for service, _ in trial.national.asked] == ["DongBoHoSoMC False"] and statuses(trial) == []


def test_a_new_state_is_posted_once_to_the_office(trial: Trial) -> None:
    number = told(trial, returns=RETURNS)
    trial.national.statuses[number] = "5"
    assert trial.run().posted == 1
    trial.until_quiet(8)
    (entry,) = [each for each in trial.counter.whole_feed() if each.kind == "status"]
    assert (entry.body["number"], entry.body["status"], entry.body["via"]) == (number, "5", "national")
    trial.national.statuses[number] = "4"
    trial.until_quiet(8)
    assert statuses(trial) == ["5", "4"]


@pytest.mark.parametrize("word", ["10", "1", "rác", ""])
def test_what_is_not_configured_or_no_state_is_not_posted(trial: Trial, word: str) -> None:
    number = told(trial, returns=RETURNS)
    trial.national.statuses[number] = word
    trial.until_quiet(8)
    assert statuses(trial) == []


def test_our_own_folded_word_is_no_news(trial: Trial) -> None:
    number = told(trial, returns=RETURNS, folds={"5": "9"})
    asks = said.SupplementAsked(1, (said.Gap("Bản đồ"),), "thiếu")
    trial.counter.push([act(trial.counter, asks, number)])
    trial.until_quiet(8)
    assert trial.national.held[number]["TrangThaiHoSo"] == "9" and statuses(trial) == []


def test_each_is_asked_once_in_so_many_hours(trial: Trial) -> None:
    told(trial, returns=RETURNS)
    trial.until_quiet(14)
    assert [service for service, _ in trial.national.asked].count("TraCuuHoSo") == 3
