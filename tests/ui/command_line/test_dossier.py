"""`python -m app dossier CODE`: where a dossier stands, as support and scripts read it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.life.facts import HandedOver
from app.services.life.telling import tell_dossier
from tests.app.services.life.conftest import desk  # noqa: F401
from tests.app.services.life.counter import CARD, Desk, at
from tests.office import sample_intake, with_kept_original
from tests.ui.command_line.conftest import Run


def test_a_received_dossier_is_told(run: Run, demo: Path) -> None:
    card = "049190004217||Nguyễn Thị Mẫu Ánh|07031990|Nữ|Tổ 3, Thôn Giả Định|01012022"
    code = run("receive", "--data", demo, "--card", card, "--procedure", "3.000333").json["code"]
    said = run("dossier", "--data", demo, code.lower())
    found = said.json
    assert (said.code, found["ok"], found["code"]) == (0, True, code)
    state = found["state"]
    assert (state["business"], state["custody"], found["custody"]["now"]) == (2, "counter", "counter")
    assert found["due"]["original"] == found["due"]["current"] and found["due"]["parts"][0]["steps"]
    assert [line["kind"] for line in found["timeline"]] == ["dossier.received"] and found["pauses"] == []
    assert "049190004217" not in said.out
    assert run("dossier", "--data", demo, "-", stdin=code.encode()).json["code"] == code


@pytest.mark.parametrize(("code", "reason"), [
    ("không phải mã", "code_not_recognised"), ("H47.15-261123-9999", "dossier_unknown"),
])
def test_a_code_that_names_no_dossier_is_refused(run: Run, demo: Path, code: str, reason: str) -> None:
    said = run("dossier", "--data", demo, code)
    assert (said.code, said.json["ok"], said.json["reason"]) == (1, False, reason) and said.err.strip()


def test_dates_pauses_story_papers_and_originals_are_told(desk: Desk) -> None:  # noqa: F811
    code = desk.receive(with_kept_original(sample_intake("a", procedure="1.013225")))
    desk.office.clock.at = at("2026-11-25 09:00")
    desk.ask(code)
    desk.office.clock.at = at("2026-11-27 09:00")
    desk.bring(code, (CARD,))
    desk.office.clock.advance(timedelta(hours=1))
    desk.act(code, HandedOver("m1", ("1#1",)))
    with desk.reading() as connection:
        found = tell_dossier(connection, desk.office.application.rules, code, at("2026-11-30 09:00"))
    assert json.loads(json.dumps(found)) == found
    assert found["due"]["original"] == "2026-12-01T09:00:00+07:00"
    assert found["due"]["current"] == "2026-12-03T09:00:00+07:00"
    assert (found["due"]["left"]["days"], found["due"]["left"]["is_standing"]) == (3, False)
    assert [(each["cause"], each["since"], each["until"]) for each in found["pauses"]] == [
        ("supplement", "2026-11-25T09:00:00+07:00", "2026-11-27T09:00:00+07:00")]
    assert [each["reason"] for each in found["due"]["history"]] == ["supplement"]
    assert [each["kind"] for each in found["timeline"]] == [
        "dossier.received", "supplement.asked", "supplement.received", "handover.made"]
    assert [(each["name"], each["certified"]) for each in found["papers"]][-1] == (CARD.name, 1)
    assert [(each["id"], each["holder"]) for each in found["originals"]] == [("1#1", "on_the_way")]
    assert (found["custody"]["now"], found["custody"]["handovers"][0]["manifest"]) == ("on_the_way", "m1")
