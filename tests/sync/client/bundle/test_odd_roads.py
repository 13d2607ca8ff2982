"""Sticks are pulled out, mixed up, late and read twice: each is said, and none loses or doubles anything."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.errors import EnvironmentFault, Refusal
from app.store.tables import courier_bundles
from sync.bundle import make as making
from sync.contract.bundle import SUFFIX
from sync.gateway.problem import ProblemRaised
from tests.sync.client.bundle.courier import at_province, make, state, take
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]
Harm = Callable[[bytes], bytes]


def flipped(at: int) -> Harm:
    """One bit of that byte."""

    def harm(content: bytes) -> bytes:
        changed = bytearray(content)
        changed[at] ^= 1
        return bytes(changed)

    return harm


HARMS: tuple[tuple[str, Harm, str], ...] = (
    ("another file", lambda content: b"PK\3\4" + content, "bundle_not_one"),
    ("empty", lambda content: b"", "bundle_not_one"),
    ("its first bytes alone", lambda content: content[:3], "bundle_torn"),
    ("no head yet", lambda content: content[:6] + bytes(8) + b" " * 4096 + content[4110:], "bundle_torn"),
    ("the head alone", lambda content: content[:4200], "bundle_torn"),
    ("the end is missing", lambda content: content[:-7], "bundle_torn"),
    ("more than it was", lambda content: content + b"\0", "bundle_damaged"),
    ("a bit of the length", flipped(9), "bundle_damaged"),
    ("a bit of the head", flipped(40), "bundle_damaged"),
    ("a bit behind the head", flipped(4000), "bundle_damaged"),
    ("a bit of the signature", flipped(4150), "bundle_damaged"),
    ("a bit of the first length", flipped(4176), "bundle_damaged"),
    ("a bit of the content", flipped(4400), "bundle_damaged"),
    ("the last bit", flipped(-1), "bundle_damaged"),
)


@pytest.mark.parametrize(("harm", "code"), [each[1:] for each in HARMS], ids=[each[0] for each in HARMS])
def test_a_harmed_file_is_named_at_both_ends_and_changes_nothing(
    trial: Trial, waiting: tuple[Counter, Path, Path], tmp_path: Path, harm: Harm, code: str,
) -> None:
    counter, made, answer = waiting
    there, back = tmp_path / f"there{SUFFIX}", tmp_path / f"back{SUFFIX}"
    there.write_bytes(harm(made.read_bytes()))
    back.write_bytes(harm(answer.read_bytes()))
    with pytest.raises(ProblemRaised, match=code):
        at_province(trial, there)
    with pytest.raises(Refusal, match=code):
        take(counter, back)
    assert counter.outbox().unsent == 2


@pytest.fixture
def waiting(trial: Trial, enrol: Enrol, stick: Path) -> tuple[Counter, Path, Path]:
    """A counter with two dossiers in a bundle, and the answer that it has not read."""
    counter = enrol()
    counter.sync()
    counter.receive(2)
    made = make(counter, stick)
    return counter, made.file, at_province(trial, made.file)[1]


def test_an_answer_is_taken_once(waiting: tuple[Counter, Path, Path]) -> None:
    counter, _, answer = waiting
    take(counter, answer)
    with pytest.raises(Refusal, match="bundle_known") as found:
        take(counter, answer)
    assert found.value.values["number"] == 1


def test_a_bundle_may_be_taken_twice_and_late(trial: Trial, enrol: Enrol, stick: Path) -> None:
    counter = enrol()
    counter.sync()
    counter.receive(2)
    first = make(counter, stick)
    counter.receive(1)
    second = make(counter, stick)
    newer, answer = at_province(trial, second.file)
    assert (newer.taken, newer.left) == (3, [])
    older, _ = at_province(trial, first.file)
    again, _ = at_province(trial, first.file)
    assert [(each.taken, each.already) for each in (older, again)] == [(0, 2), (0, 2)]
    assert take(counter, answer).report.waiting == 0
    assert len(trial.report(counter.place.office)["codes"]) == 3


def test_an_answer_from_before_the_last_word_is_left_alone(waiting: tuple[Counter, Path, Path]) -> None:
    counter, _, answer = waiting
    counter.receive(1)
    assert counter.sync().is_good
    with pytest.raises(Refusal, match="bundle_old"):
        take(counter, answer)
    assert counter.outbox().unsent == 0
    assert not any(line.is_open for line in state(counter).lines), "the line brought what it carried"


def test_sticks_that_are_mixed_up_are_named(trial: Trial, enrol: Enrol, stick: Path, tmp_path: Path) -> None:
    one, other = enrol(), enrol()
    for each in (one, other):
        each.sync()
        each.receive()
    answer = at_province(trial, make(one, stick).file)[1]
    with pytest.raises(Refusal, match="bundle_of_other"):
        take(other, answer)
    with pytest.raises(Refusal, match="bundle_outgoing"):
        take(one, make(one, stick).file)
    with pytest.raises(ProblemRaised, match="bundle_is_answer"):
        at_province(trial, answer)
    with pytest.raises(Refusal, match="bundle_no_answer"):
        take(other, stick)
    with pytest.raises(EnvironmentFault, match="bundle_place_missing"):
        take(other, tmp_path / "nowhere")


def test_the_newest_answer_on_a_stick_is_found_among_others(trial: Trial, enrol: Enrol, stick: Path) -> None:
    one, other = enrol(), enrol()
    for each in (one, other):
        each.sync()
        each.receive()
        at_province(trial, make(each, stick).file)
    one.receive()
    at_province(trial, make(one, stick).file)
    (stick / f"rác{SUFFIX}").write_bytes(b"x")
    taken = take(one, stick)
    assert (taken.number, taken.report.waiting) == (2, 0)
    assert not any(line.is_open for line in state(one).lines), "the first one's load is there as well"


def test_a_book_that_was_put_back_writes_over_no_bundle(trial: Trial, enrol: Enrol, stick: Path) -> None:
    """What lies on the stick may be all that is left of what the book has lost."""
    counter = enrol()
    counter.sync()
    counter.receive()
    first = make(counter, stick)
    with counter.office.application.database.writing() as connection:
        connection.execute(courier_bundles.delete())
    second = make(counter, stick)
    assert (first.number, second.number) == (1, 1)
    answers = {at_province(trial, each.file)[1] for each in (first, second)}
    assert len(answers) == 2 and len(list(stick.iterdir())) == 4


def test_no_bundle_before_the_province_has_given_its_key(enrol: Enrol, stick: Path) -> None:
    from app.services.second_copy import PROVINCE_KEY
    from app.store.settings import forget_setting

    counter = enrol()
    with counter.office.application.database.writing() as connection:
        forget_setting(connection, PROVINCE_KEY)
    with pytest.raises(Refusal, match="bundle_no_province_key"):
        make(counter, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "bundle_place_full"), (errno.EROFS, "bundle_place_read_only"),
     (errno.EIO, "bundle_place_broken"), (errno.ENODEV, "bundle_place_missing")],
)
def test_a_stick_that_fails_leaves_nothing_that_could_be_taken_for_a_bundle(
    enrol: Enrol, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str,
) -> None:
    counter = enrol()
    counter.sync()
    counter.receive()

    class Failing(making.BundleWriter):
        def add(self, *said: Any, **more: Any) -> None:
            super().add(*said, **more)
            raise OSError(number, "thử")

    with monkeypatch.context() as patched:
        patched.setattr(making, "BundleWriter", Failing)
        with pytest.raises(EnvironmentFault, match=code):
            make(counter, stick)
    assert list(stick.iterdir()) == [] and state(counter).lines == ()
    assert make(counter, stick).number == 1


def test_what_the_stick_gives_back_otherwise_is_not_told_as_made(
    enrol: Enrol, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = enrol()
    counter.sync()
    counter.receive()
    true_reading = making.read_back

    @contextmanager
    def lying(place: Path, name: str) -> Any:
        (file,) = place.iterdir()
        content = bytearray(file.read_bytes())
        content[-5] ^= 4
        file.write_bytes(content)
        with true_reading(place, name) as handle:
            yield handle

    with monkeypatch.context() as patched:
        patched.setattr(making, "read_back", lying)
        with pytest.raises(EnvironmentFault, match="bundle_place_broken"):
            make(counter, stick)
    assert state(counter).lines == () and list(stick.iterdir()) == []
