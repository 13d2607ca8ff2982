"""Workers that die, hang or meet, and a line that breaks in every way: on PostgreSQL, as in earnest."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from app.domain.life import facts as said
from sync.gateway.bridge.queue import claim, retry
from sync.gateway.bridge.reading import read_offices
from sync.gateway.bridge.tables import queue
from sync.gateway.times import stamp
from tests.sync.gateway.bridge.conftest import Trial
from tests.sync.gateway.bridge.dossiers import act, receive
from tests.sync.gateway.bridge.test_worker import ADD, LOOK_UP, UPDATE, asked
from tests.sync.gateway.conftest import database_url

__all__ = ["database_url"]


FAULTS = (
    "lost_before", "lost_after", "500_before", "500_after", "unreadable_after", "busy", "session", "redirect",
)


@pytest.mark.parametrize("guards", [True, False])
def test_whatever_breaks_on_the_way_each_dossier_is_there_once_in_its_newest_form(
    trial: Trial, guards: bool,
) -> None:
    trial.national.guards = guards                             # False: it would store an added code twice
    trial.changes = {"progress": "as_it_goes"}
    codes = [trial.number() for _ in range(len(FAULTS))]
    trial.counter.push([receive(trial.counter, code) for code in codes])
    for fault in FAULTS:
        trial.national.faults.extend([fault, "", fault])
    trial.until_quiet(10)
    trial.counter.push([act(trial.counter, said.Withdrawn("đổi ý", "Mẫu"), *codes)])
    trial.national.faults.extend([*FAULTS, *FAULTS])
    trial.until_quiet(10)
    assert set(trial.national.held) == set(codes)
    assert {each["TrangThaiHoSo"] for each in trial.national.held.values()} == {"7"}
    assert set(trial.national.added.values()) == {1}
    figures = trial.figures()
    assert figures["counts"] == {"dossier_sent": len(codes), "progress_sent": len(codes)}
    assert figures["unsure"] == figures["failing"] == figures["needs_person_count"] == 0


def test_a_worker_killed_after_its_request_went_out_leaves_a_row_that_says_so(trial: Trial) -> None:
    trial.national.guards = False
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])

    class Killed(BaseException):
        pass

    bridge = trial.bridge()
    ask = bridge.line.ask

    def ask_and_die(what: object) -> object:
        ask(what)  # type: ignore[arg-type]
        raise Killed

    bridge.line.ask = ask_and_die  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        bridge.run()
    assert trial.national.added == {number: 1} and trial.row().is_unsure
    assert trial.run().done == {}                              # the dead worker's claim still stands
    trial.gateway.advance(minutes=10)
    trial.run()
    assert asked(trial) == [ADD, LOOK_UP, UPDATE] and trial.national.added == {number: 1}


def test_two_workers_share_the_queue_and_say_nothing_twice(trial: Trial) -> None:
    codes = [trial.number() for _ in range(30)]
    trial.counter.push([receive(trial.counter, code) for code in codes])
    trial.changes = {"progress": "off"}
    workers = [trial.bridge() for _ in range(2)]
    rounds = []
    threads = [threading.Thread(target=lambda each=each: rounds.append(each.run())) for each in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.done["sent"] for each in rounds) > 0 and claims(trial) == []
    # The nation knows one session of a name: each one's login ends the other's, and who loses hers twice in a row
    # leaves that dossier for later. Not said is allowed, said twice is not.
    while set(trial.national.held) != set(codes):
        trial.gateway.advance(hours=1)
        rounds.append(trial.run())
        assert rounds[-1].done["sent"]
    assert trial.national.updated == {} and set(trial.national.added.values()) == {1}
    assert sum(each.done["sent"] for each in rounds) == 30


def claims(trial: Trial) -> list[str]:
    """What workers hold, or held when they ended."""
    with trial.gateway.opened.database.reading() as connection:
        return list(connection.execute(select(queue.c.claim).where(queue.c.claim.is_not(None))).scalars())


def test_a_claim_that_ran_out_sends_nothing_more(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number())])
    slow = trial.bridge()
    ask = slow.line.ask
    trial.national.faults.append("lost_before")
    slow.run()
    trial.gateway.advance(hours=1)
    stolen = []

    def ask_late(what: object) -> object:
        reply = ask(what)  # type: ignore[arg-type]
        if not stolen:
            trial.gateway.advance(hours=1)                     # hung, and another worker took over
            stolen.append(trial.run().done["sent"])
        return reply

    slow.line.ask = ask_late  # type: ignore[method-assign, assignment]
    assert slow.run().done == {"later": 1}
    assert stolen == [2] and set(trial.national.added.values()) == {1}


def test_a_line_that_is_down_ends_the_round_and_costs_each_row_at_most_a_wait(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number()) for _ in range(6)])
    trial.national.faults.extend(["500_before"] * 9)
    done = trial.run()
    assert (done.done, done.trouble) == ({"later": 3}, "line_http_500")
    assert trial.figures()["trouble"]["reason"] == "line_http_500"
    trial.national.faults.clear()
    trial.gateway.advance(hours=2)
    trial.run()
    assert len(trial.national.held) == 6 and trial.figures()["trouble"] is None


def test_nobody_claims_what_is_claimed(trial: Trial) -> None:
    trial.counter.push([receive(trial.counter, trial.number())])
    trial.national.faults.append("500_before")
    trial.run()
    trial.gateway.advance(hours=1)
    database, now = trial.gateway.opened.database, trial.gateway.now
    with database.writing() as connection:
        first = claim(connection, now, 600, "a")
    with database.writing() as connection:
        assert first is not None and claim(connection, now, 600, "b") is None


def test_what_happens_while_it_is_being_said_is_said_next(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    bridge = trial.bridge()
    ask, meanwhile = bridge.line.ask, [act(trial.counter, said.Withdrawn("đổi ý", "Mẫu"), number)]

    def ask_slowly(what: object) -> object:
        reply = ask(what)  # type: ignore[arg-type]
        if meanwhile:
            trial.counter.push([meanwhile.pop()])
            read_offices(bridge.database, stamp(trial.gateway.now))      # another worker reads it
        return reply

    bridge.line.ask = ask_slowly  # type: ignore[method-assign, assignment]
    bridge.run()
    assert asked(trial)[:2] == [ADD, UPDATE] and trial.national.held[number]["TrangThaiHoSo"] == "7"
    assert trial.row().state == "sent" and trial.national.added == {number: 1}


def test_a_person_may_say_that_what_bears_the_code_there_is_ours(trial: Trial) -> None:
    number = trial.number()
    trial.counter.push([receive(trial.counter, number)])
    trial.national.held[number] = {
        "MaHoSo": number, "MaTTHC": "x", "ChuHoSo": "y", "NgayTiepNhan": "20200101000000", "TrangThaiHoSo": "1"}
    trial.run()
    assert trial.figures()["needs_person"][0]["reason"] == "code_held_by_other"
    with trial.gateway.opened.database.writing() as connection:
        assert retry(connection, number, stamp(trial.gateway.now), as_ours=True) == 1
    trial.run()
    assert trial.national.held[number]["ChuHoSo"] == "Nguyễn Thị Mẫu Ánh" and trial.national.added == {}
