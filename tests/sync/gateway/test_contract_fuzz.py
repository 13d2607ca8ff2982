"""A short run of `python -m tests.faults.contract_fuzz`: nothing that is asked gets an answer nobody described."""

from __future__ import annotations

import json
import random

import pytest

from sync.contract.push import Outcome
from tests.faults.altered_messages import alter, weird_within
from tests.faults.contract_fuzz import run, undescribed
from tests.sync.compat.golden_set import FIRST, Message, load


def test_no_request_gets_an_answer_that_is_not_described() -> None:
    figures = run(examples=2, altered=400, odd=25, chosen=1)
    assert figures.faults == []
    assert figures.asked[f"odd operation {Outcome.TAKEN}"] > 100, "odd operations are judged, not turned away"
    statuses = {line.rpartition(" ")[2] for line in figures.asked}
    assert {"200", "201", "400", "401", "404", "412"} <= statuses


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"{}", ""),
        (404, b'{"code":"x","status":404}', ""),
        (404, b"<html>", "404 without a problem: b'<html>'"),
        (418, b'{"code":"x","status":418}', "undescribed status 418 b'{\"code\":\"x\",\"status\":418}'"),
        (500, b"oh", "500 b'oh'"),
    ],
)
def test_an_answer_that_nobody_described_is_seen(status: int, body: bytes, said: str) -> None:
    page = {"paths": {"/v1/feed": {"get": {"responses": {"200": {}, "404": {}, "500": {}}}}}}
    assert undescribed(page, "/v1/feed", "GET", status, Message({}, body)) == said
    assert undescribed(page, None, "GET", 307, Message({}, b"")) == "307 where nothing is"


def test_each_alteration_is_another_request_and_the_model_stays() -> None:
    models, noise = load(FIRST).exchanges, random.Random(3)
    changed = sum(alter(each, noise) != each for each in models for _ in range(20))
    assert changed > 0.9 * 20 * len(models)
    assert models == load(FIRST).exchanges
    message = {"a": [1, {"b": "x"}]}
    assert any(weird_within(message, noise) != message for _ in range(5))
    assert json.dumps(message) == '{"a": [1, {"b": "x"}]}'
