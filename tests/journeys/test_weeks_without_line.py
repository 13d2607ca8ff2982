"""Seven weeks without a line: what waits goes to the province on a stick, its answer brings new days of numbers,
and when the line is back nothing is sent a second time."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from app.domain.operation import Type
from app.services.days import today_at_counter
from app.services.numbers import leases_left
from app.services.stuck import Kind, stuck
from app.store.queries.outbox import waiting_page
from app.store.tables import journal
from sync.contract.limits import LEASE_DAYS, RENEW_BELOW_DAYS
from sync.gateway import bundle_command
from tests.journeys.day import Clerk
from tests.journeys.machines import Scene, contact, desk, receive, shown, store, sync_page, waiting
from ui.dialogs.bundle_sheet import BundleSheet
from ui.models.dossier_rows import known_now

CLOCK = "QMC_TEST_DAYS_ON"
_SITE = f"""
import os, time
from datetime import UTC, datetime
import time_machine
ahead = float(os.environ.get("{CLOCK}") or 0) * 86_400
if ahead:
    time_machine.travel(datetime.fromtimestamp(time.time() + ahead, UTC), tick=True).start()
"""
FIRST, LAST = 21, 50
"""Days: after the first the leases are to be renewed, by the last those of the beginning have run out."""


# Three sessions of the window and a gateway that is begun anew on another day; the quick suite has the stick by
# itself (tests/sync/client/bundle).
@pytest.mark.slow
def test_weeks_go_by_on_a_stick_and_nothing_is_sent_twice(scene: Scene) -> None:
    assert LEASE_DAYS - FIRST < RENEW_BELOW_DAYS and LAST > LEASE_DAYS
    stick = scene.root / "stick"
    stick.mkdir()
    scene.enrol("pc", "Quầy 1")
    with scene.at("pc") as clerk:
        codes = [store(clerk, 0)]
        contact(clerk)
        assert waiting(clerk) == 0
    scene.province.stop()                          # the line goes down, and stays down

    with days_on(scene, FIRST), scene.at("pc") as clerk:
        codes += [receive(clerk, 1), store(clerk, 2)]
        before = numbers_upto(clerk)
        assert (before - today(clerk)).days < RENEW_BELOW_DAYS
        carried = waiting(clerk)
        sheet = open_bundle(clerk)
        make_at(clerk, sheet, stick)
        assert waiting(clerk) == carried, "a bundle confirms nothing"
        assert [line.kind for line in stuck_now(clerk)].count(Kind.BUNDLE) == 1
        clerk.look("weeks-bundle-made")
        (said,) = take_at_province(scene, stick)
        assert (said["taken"], said["already"], said["left"]) == (carried, 0, [])
        assert held(scene) == sorted(codes)
        (again,) = take_at_province(scene, stick)
        assert (again["taken"], again["already"]) == (0, carried), "taken twice is taken once"
        clerk.press("T")
        clerk.until(lambda: "Đã đọc trả lời" in sheet.said.text(), "the province's answer is in the book")
        clerk.look("weeks-answer-read")
        clerk.press("Escape")
        assert waiting_types(clerk) == {Type.NUMBERS_CLOSED}, "days that are over, says the province"
        assert waiting(clerk) == FIRST
        assert Kind.BUNDLE not in {line.kind for line in stuck_now(clerk)}
        assert numbers_upto(clerk) > before + timedelta(days=FIRST - 7), "more days of numbers"
        codes.append(store(clerk, 3))

    with days_on(scene, LAST):
        scene.province.start()                     # the line comes back
        with scene.at("pc") as clerk:
            assert before < today(clerk) <= numbers_upto(clerk)
            codes.append(receive(clerk, 4))
            contact(clerk)
            assert (waiting(clerk), shown(clerk)) == (0, set(codes))
            written = operations(clerk)
    found = scene.province.report()
    assert sorted(found["codes"]) == sorted(codes) and len(set(codes)) == 5
    assert (found["operations"], found["unsettled"], found["branches"]) == (written, [], 0)


@contextmanager
def days_on(scene: Scene, days: int) -> Iterator[None]:
    """So many days later: for this process and for those that it starts."""
    site = scene.root / "clock"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    with scene.patch.context() as patch:
        patch.setenv(CLOCK, str(days))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(site), *filter(None, sys.path)]))
        patch.setattr(sys, "path", [str(site), *sys.path])     # where the window's children look
        later = datetime.fromtimestamp(time.time(), UTC) + timedelta(days=days)
        with time_machine.travel(later, tick=True):
            yield


def open_bundle(clerk: Clerk) -> BundleSheet:
    page = sync_page(clerk)
    clerk.press("U")
    sheet = page.bundles.sheet
    assert sheet is not None and sheet.is_open
    return sheet


def make_at(clerk: Clerk, sheet: BundleSheet, stick: Path) -> None:
    clerk.press("N")
    clerk.hands.type(str(stick))
    clerk.press("Return")
    clerk.until(lambda: "Đã ghi và đọc lại" in sheet.said.text(), "the bundle lies on the stick")
    clerk.rest()
    clerk.tab_to("Đọc trả lời của tỉnh")            # a letter in the field is a letter


def take_at_province(scene: Scene, stick: Path) -> list[dict[str, Any]]:
    """The operator's command on the stick."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = bundle_command.main([str(stick), *scene.province._place])
    answer: dict[str, Any] = json.loads(said.getvalue())
    assert (code, answer["ok"]) == (0, True), answer
    found: list[dict[str, Any]] = answer["bundles"]
    return found


def held(scene: Scene) -> list[str]:
    return sorted(scene.province.report()["codes"])


def today(clerk: Clerk) -> date:
    with desk(clerk).office.database.reading() as connection:
        return today_at_counter(connection, desk(clerk).clock())


def numbers_upto(clerk: Clerk) -> date:
    """The last day for which this counter has numbers of every agency."""
    office, day = desk(clerk).office, today(clerk)
    with office.database.reading() as connection:
        return min(lease.covered_to for lease in leases_left(connection, office.enrolled, day))


def stuck_now(clerk: Clerk) -> list[Any]:
    office = desk(clerk).office
    with office.database.reading() as connection:
        return list(stuck(connection, office.enrolled, desk(clerk).clock()))


def waiting_types(clerk: Clerk) -> set[str]:
    known = known_now(desk(clerk))
    with desk(clerk).office.database.reading() as connection:
        return {line.type for line in waiting_page(connection, known)}


def operations(clerk: Clerk) -> int:
    """What this counter ever wrote."""
    with desk(clerk).office.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(journal)).scalar_one())
