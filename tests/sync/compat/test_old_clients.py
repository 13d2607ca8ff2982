"""Programs of every kept release against this gateway: a real process on the database that their gateway left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sync.contract import files as tus
from sync.contract import paths
from sync.contract.messages import plain_code
from sync.core.pace import FLIGHT
from sync.gateway import posts
from sync.gateway.codes import mint_code
from sync.gateway.following import place_of
from sync.gateway.opening import Opened, open_gateway
from sync.gateway.process import GatewayProcess
from sync.gateway.times import stamp
from tests.sync.compat.golden_set import GOLDEN, Exchange, Story, build_province, load, sets
from tests.sync.compat.record import NEXT_KEY
from tests.sync.compat.speaking import OldClient

JSON_PATHS: dict[str, tuple[str, ...]] = {
    paths.HELLO: ("incarnation", "have", "current_epoch", "feed_head"),
    paths.PUSH: ("incarnation", "items", "have"),
    paths.FEED: ("incarnation", "position", "entries", "more"),
    paths.OPERATIONS: ("epoch", "items", "more"),
    paths.EPOCH: ("device", "epoch"),
    tus.HAVE: ("incarnation", "files"), paths.SEALED: ("incarnation", "items", "have"),
}
"""What an answer must say again in the same words; elsewhere are times, tokens and new leases."""

SAID_SINCE = frozenset({"author_key"})
"""Names that an older set may lack in what is compared word by word: its program reads only those it knows."""

UNSIGNED = [each for each in sets() if not load(each).is_signed]

_BY_NAME = (".have", ".office_heads", ".accounts")
"""Their names are devices, epochs and agencies, no words of the contract."""


@pytest.mark.parametrize("golden", sets(), ids=lambda each: each.name)
def test_an_older_program_is_answered_as_its_own_gateway_answered(golden: Path, tmp_path: Path) -> None:
    """Programs that do not sign yet: where the operator lets them, to their end."""
    story = load(golden)
    options = [] if story.is_signed else ["--require-signatures", "known"]
    assert _told(golden, story, tmp_path / "gateway", options) == []


@pytest.mark.parametrize("golden", UNSIGNED, ids=lambda each: each.name)
def test_a_program_that_does_not_sign_is_stopped_at_nothing_but_an_epoch_begun_today(
    golden: Path, tmp_path: Path,
) -> None:
    """As it is served when the operator says nothing: enrolled before signatures were known, it goes on."""
    wrong = _told(golden, load(golden), tmp_path / "gateway", [])
    assert {each.partition(":")[0] for each in wrong} == {"new epoch"}
    assert all("signature_missing" in each for each in wrong)


def _told(golden: Path, story: Story, folder: Path, options: list[str]) -> list[str]:
    """What is answered otherwise than then."""
    build_province(folder, golden, story)
    process = GatewayProcess(folder)
    process.options = options
    process.start()
    opened = open_gateway(folder, None, datetime.now(UTC))
    try:
        with OldClient(process.url, story.machines.values()) as client:
            return list(_differences(client, opened, story))
    finally:
        opened.database.close()
        process.stop()


def _differences(client: OldClient, opened: Opened, story: Story) -> Iterator[str]:
    stage = ""
    for each in story.exchanges:
        if each.stage == "enrol":                  # the database is from behind it
            continue
        if each.stage != stage:
            stage = each.stage
            _operate(opened, story, stage)
        if each.path == paths.ENROL and each.status == 200:
            _mint(opened, story, each)
        heard = client.say(each).of(each)
        yield from (f"{each.name}: {wrong}" for wrong in _compared(each, heard))
        if each.path == paths.EPOCH and heard.status == 200:
            told, now = each.values, heard.values
            client.begins(told["token"], now["token"], now["epoch"], NEXT_KEY, now["device"])


def _operate(opened: Opened, story: Story, stage: str) -> None:
    for act in story.posted:
        if act.before == stage:
            with opened.database.writing() as connection:
                getattr(posts, act.what)(connection, *act.words, stamp(datetime.now(UTC)))


def _mint(opened: Opened, story: Story, enrolling: Exchange) -> None:
    """The very code that was typed then."""
    code = json.loads(enrolling.asked.body)["code"]
    letters = iter(plain_code(code))
    with opened.database.writing() as connection:
        minted = mint_code(connection, opened.seal, story.office, "Quầy 3", datetime.now(UTC),
                           lambda _: next(letters))
    assert minted == code


def _compared(then: Exchange, now: Exchange) -> Iterator[str]:
    if then.status != now.status:
        yield f"{now.status} {now.answer.body[:200]!r} instead of {then.status}"
        return
    for name, value in then.answer.headers.items():
        if name not in ("content-encoding", "content-type") and now.answer.headers.get(name) != value:
            yield f"{name}: {now.answer.headers.get(name)!r} instead of {value!r}"
    if not then.answer.body:
        if now.answer.body:
            yield "a body where none was"
        return
    yield from lacking(then.values, now.values, "")
    if then.status != 200:
        yield from _differing(then.values, now.values, tuple(then.values))
    else:
        yield from _differing(then.values, now.values, JSON_PATHS.get(then.plain_path, ()))


def _differing(then: Any, now: Any, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if _timeless(then[name]) != _timeless(_as_known(then[name], now.get(name))):
            yield f"{name}: {now.get(name)!r} instead of {then[name]!r}"


def _as_known(then: Any, now: Any) -> Any:
    """What is said now, without what has been added since."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {name: _as_known(then.get(name), each) for name, each in now.items()
                if name in then or name not in SAID_SINCE}
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [_as_known(*pair) for pair in zip(then, now, strict=True)]
    return now


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(each) for name, each in value.items() if name != "at"}
    return [_timeless(each) for each in value] if isinstance(value, list) else value


def lacking(then: Any, now: Any, where: str) -> Iterator[str]:
    """What an older reader looks for and would not find, or would find as something else."""
    if type(then) is not type(now):
        yield f"{where}: {now!r} instead of {then!r}"
    elif isinstance(then, dict):
        for name, value in then.items():
            if name in now:
                yield from lacking(value, now[name], f"{where}.{name}")
            elif not where.endswith(_BY_NAME):
                yield f"{where}.{name}: not there"
    elif isinstance(then, list) and then and not now:
        yield f"{where}: empty"
    elif isinstance(then, list):
        for each in now[:len(then)]:
            yield from lacking(then[0], each, f"{where}[]") if isinstance(then[0], str) else ()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"a": 1}, [".b: not there"]),
        ({"a": "1", "b": []}, [".a: '1' instead of 1", ".b: empty"]),
        ({"a": 1, "b": ["x"], "c": 5}, []),
    ],
    ids=["a field is gone", "another type, and none of many", "a new field"],
)
def test_what_an_older_reader_would_miss_is_named(now: Any, said: list[str]) -> None:
    assert list(lacking({"a": 1, "b": ["y"]}, now, "")) == said


def test_the_present_set_says_what_follows_what_and_hears_its_own_operations_in_runs() -> None:
    """What was added last is kept too, so that the next release is asked for it."""
    told = load(GOLDEN / "present")
    follows = [each.asked.headers[paths.FOLLOWS.lower()] for each in told.of("flight")
               if each.path == paths.PUSH and paths.FOLLOWS.lower() in each.asked.headers]
    assert len(follows) == FLIGHT - 1 and all(map(place_of, follows))
    pages = [each for each in told.of("flight") if each.path.startswith(paths.FEED)]
    assert pages and all("own_runs=true" in each.path for each in pages)
    assert any("seq_to" in entry["body"] for each in pages for entry in each.values["entries"])
