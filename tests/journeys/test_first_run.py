"""From an installed program to a counter that is proved, by keys alone: the square code, a page that is printed
and scanned back, a stick, a mark for the restart, and the key that the province can give back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.printing.decode_back import codes_on_pages
from app.services.first_run import State, Step, read_standings
from app.store.keys import put_back_key
from sync.contract.enrol_file import file_digits, read_enrol_file
from sync.contract.key_letters import read_key_letters
from tests.journeys.machines import Scene
from ui.background import scan_desk
from ui.operations import first_run as acts
from ui.pages.enrol import EnrolPage
from ui.pages.first_run.medium import MediumPanel
from ui.pages.first_run.page import FirstRunPage
from ui.pages.home.page import HomePage

MOST_KEYS = 9
"""From the enrolled machine to work; what is scanned and typed apart."""


def square_of(scene: Scene, counter: str, *, lock: tuple[str, ...]) -> str:
    """The operator's file as a scanner types it."""
    file = scene.root / "quay.json"
    (scene.root / "settings.json").write_text(json.dumps({"printers": {"way": "pdf"}}))
    scene.province.operate(
        "enrol-file", str(file), "--office", scene.content["id"], "--counter", counter, "--gateway",
        scene.province.url, "--settings", str(scene.root / "settings.json"), "--lock", *lock,
    )
    return file_digits(read_enrol_file(file.read_text())[1])


def states(page: FirstRunPage) -> dict[Step, State]:
    return {each.step: each.state for each in page._standings}


def test_a_new_counter_is_prepared_by_keys(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = scene.root / "stick"
    stick.mkdir()
    monkeypatch.setattr(acts, "media_here", lambda data: (stick,))
    monkeypatch.setattr(acts, "boot_name", lambda: "start-1")
    monkeypatch.setattr(scan_desk, "_look_for_sources", lambda office: ())
    digits = square_of(scene, "Quầy 1", lock=("printers",))
    with scene.at("new") as clerk:
        assert isinstance(clerk.page, EnrolPage)
        clerk.page.address.set_text(digits[:-9])           # most of what the scanner types at once
        clerk.hands.type(digits[-9:])
        clerk.press("Return")
        clerk.until(lambda: isinstance(clerk.page, FirstRunPage), "the steps are shown")
        page = clerk.page
        assert isinstance(page, FirstRunPage) and page.step is Step.PRINTER
        clerk.hands.count_anew()
        clerk.press("F12")                                 # the test page
        papers = scene.folder("new").papers
        clerk.until(lambda: papers.exists() and any(papers.glob("*.pdf")), "the page came out")
        ((_, code),) = next(iter(codes_on_pages(next(papers.glob("*.pdf")).read_bytes())))
        printer = page.panels[Step.PRINTER]
        clerk.until(lambda: "Đã gửi trang thử" in printer.result.title(), "the scan is waited for")
        clerk.hands.scan(code)
        clerk.until(lambda: states(page)[Step.PRINTER] is State.DONE, "printer and hand scanner are proved")
        clerk.press("F12")
        assert page.step is Step.SCANNER
        clerk.press("F11")
        assert page.step is Step.MEDIUM and states(page)[Step.SCANNER] is State.LATER
        medium = page.panels[Step.MEDIUM]
        assert isinstance(medium, MediumPanel)
        clerk.until(lambda: medium.field.text() == str(stick), "the stick is seen")
        clerk.press("F12")
        clerk.until(lambda: states(page)[Step.MEDIUM] is State.DONE, "the second copy is on the stick")
        clerk.press("F12")
        assert page.step is Step.RESTART
        clerk.press("F12")
        clerk.until(lambda: page._standings[4].why == "waits", "the mark was left")
        clerk.press("F12")
        if states(page)[Step.RECOVERY] is not State.DONE:  # unless the courier was quicker
            assert page.step is Step.RECOVERY
            clerk.press("F12")
        clerk.until(lambda: states(page)[Step.RECOVERY] is State.DONE, "the province proved that it has the key")
        clerk.look("first-run")
        clerk.press("Escape")
        clerk.until(lambda: isinstance(clerk.page, HomePage), "the counter is at work")
        assert clerk.hands.presses <= MOST_KEYS
        assert clerk.counter.desk is not None
        device, key = clerk.counter.desk.office.enrolled.device, clerk.counter.desk.office.book_key

    monkeypatch.setattr(acts, "boot_name", lambda: "start-2")
    shutil.rmtree(scene.disk("new") / "keys")
    given = scene.province.operate("recovery-key", device, "--by", "Mẫu", "--witness", "Thử")
    assert read_key_letters(given["line"]) == key
    put_back_key(scene.folder("new").database, key, None, Path(scene.disk("new") / "keys"))
    with scene.at("new") as clerk:
        assert clerk.counter.desk is not None
        office = clerk.counter.desk.office
        with office.database.reading() as connection:
            found = {each.step: each.state for each in read_standings(
                connection, office.enrolled, office.book_key, has_secret=False)}
        assert found[Step.RESTART] is State.DONE, "the mark outlived the restart"
        assert [step for step, state in found.items() if state is not State.DONE] == [Step.SCANNER]
