"""Operations on which the province breaks, too large ones, unreadable ones; and a province that just breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.contract.problems import Refused
from sync.contract.push import Outcome
from sync.core import asks
from sync.errors import CallPerson, TryLater
from tests.sync.core.scenes.stage import Act, Go, Stage, answer_lost, meanwhile
from tests.sync.core.sim.machine import Machine


def the_server_breaks_on_one(stage: Stage) -> None:
    _goes_sealed(stage, "crash")


def one_is_too_large(stage: Stage) -> None:
    _goes_sealed(stage, "large")


def one_cannot_be_read(stage: Stage) -> None:
    _goes_sealed(stage, "unreadable")


def _goes_sealed(stage: Stage, poison: str) -> None:
    """In one contact, with everything around it."""
    pc = stage.counter()
    made = stage.receive(pc, 2)
    made += stage.receive(pc, poison=poison)
    made += stage.receive(pc, 3)
    stage.call(pc)
    stage.holds(made, "P12 one operation stops another")
    if poison != "unreadable":                     # that one the province names itself
        stage.sees(stage.world.set_aside == {made[2].hash}, "P12 set aside and not shown", stage.world.set_aside)


def a_flight_arrives_the_other_way_round(stage: Stage) -> None:
    """What came before its place was free goes again, one at a time, without a new beginning."""
    pc = stage.counter()
    stage.receive(pc, 6)
    stage.is_far(pc, is_in_order=False)
    stage.call(pc)
    stage.sees(len(stage.asked(asks.SendFlight)) == 1, "P12 a second flight where the first was not in order")
    stage.sees(len(stage.asked(asks.SayHello)) == 1, "P12 a contact begun anew for batches out of order")


def the_first_of_a_flight_is_lost(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 6)
    stage.is_far(pc)
    first = 2                                      # after the hello
    stage.call(pc, script={first: "lost"}, to="line_down")
    stage.call(pc)


def the_server_breaks_on_one_of_a_flight(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.receive(pc, poison="crash")
    stage.receive(pc, 3)
    stage.is_far(pc)
    stage.call(pc)


def one_of_a_flight_is_turned_away(stage: Stage) -> None:
    """The province was busy when it came, and asks for a moment: it goes again, alone, in the same contact."""
    pc = stage.counter()
    stage.receive(pc, 6)
    stage.is_far(pc)
    second = 3                                     # after the hello and the first
    stage.call(pc, script={second: _is_busy})
    stage.sees(len(stage.asked(asks.SayHello)) == 1, "P12 a contact begun anew for a moment's wait")


def _is_busy() -> None:
    raise TryLater("busy", after=1.0)


def the_province_is_busy_again_and_again(stage: Stage) -> None:
    """Each time for as long as a contact waits; all in all it does not wait longer than ten seconds."""
    pc = stage.counter()
    stage.receive(pc)
    hellos = tuple((asks.SayHello, each, _asks_for(2)) for each in (1, 2, 3))
    batches = tuple((asks.SendBatch, each, _asks_for(2)) for each in (1, 2, 3))
    stage.call(pc, *hellos, *batches, to="busy")
    waited = sum(each.seconds for each in stage.asked(asks.Pause))
    stage.sees(waited == 10, "P12 somebody may be waiting for a status", waited)


def the_province_is_busy_for_a_while(stage: Stage) -> None:
    """That is the next contact's."""
    pc = stage.counter()
    stage.call(pc, (asks.SayHello, 1, _asks_for(5)), to="busy")
    stage.sees(not stage.asked(asks.Pause), "P12 a contact that waits for long")


def _asks_for(seconds: float) -> Act:
    def act(go: Go) -> Any:
        raise TryLater("busy", after=seconds)

    return act


def a_twin_writes_before_a_flight(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 2)
    stage.call(pc)
    twin = stage.clone(pc)
    stage.edit(pc, 6)
    stage.edit(twin)
    stage.is_far(pc)
    stage.call(pc, (asks.SendFlight, 1, meanwhile(lambda: _calls(twin))), to="fork")


def _calls(pc: Machine) -> None:
    pc.call()
    pc.go_on(10_000)


def one_of_ours_is_refused(stage: Stage) -> None:
    """Nothing that goes again helps: a person is called."""
    pc = stage.counter()
    stage.receive(pc)

    def refuses(go: Go) -> Any:
        answer = go()
        items = [replace(each, outcome=Outcome.REFUSED, reason=Refused.SIGNATURE) for each in answer.items]
        return replace(answer, items=tuple(items), have={})

    stage.call(pc, (asks.SendBatch, 1, refuses), to="refused_by_province")


def the_server_breaks_on_everything(stage: Stage) -> None:
    """Then it is not the operation: nothing is set aside, and all goes when the server is well."""
    pc = stage.counter()
    stage.receive(pc)

    def breaks(go: Go) -> Any:
        raise TryLater("internal")

    for _ in range(2):
        stage.call(pc, *((asks.SendBatch, each, breaks) for each in range(1, 9)), to="internal")
    stage.sees(not stage.world.set_aside, "P12 set aside although it is the server", stage.world.set_aside)


def an_answer_is_lost(stage: Stage) -> None:
    """The next hello tells what arrived: nothing of it goes again."""
    pc = stage.counter()
    stage.receive(pc, 3)
    stage.call(pc, (asks.SendBatch, 1, answer_lost), to="line_broken")
    stage.call(pc)
    stage.sees(not stage.asked(asks.SendBatch), "P10 what had arrived was sent again")


def an_answer_leaves_one_out(stage: Stage) -> None:
    pc = stage.counter()
    stage.receive(pc, 3)

    def shortened(go: Go) -> Any:
        answer = go()
        return replace(answer, items=answer.items[:-1])

    stage.call(pc, (asks.SendBatch, 1, shortened), to="answer_unreadable")


def a_package_is_refused(stage: Stage) -> None:
    """It is said, and stops nothing else."""
    pc = stage.counter()
    stage.scan(pc, "scan", 2)

    def is_refused(go: Go) -> Any:
        return [*go(), CallPerson("package_refused")]

    stage.call(pc, (asks.FetchPackages, 1, is_refused), to="package_refused")
    stage.sees(stage.world.province.files.is_whole("scan", 2), "P11 a document waits for a package")


SCENES = (
    an_answer_is_lost,
    an_answer_leaves_one_out,
    a_package_is_refused,
    the_server_breaks_on_one,
    one_is_too_large,
    one_cannot_be_read,
    a_flight_arrives_the_other_way_round,
    the_first_of_a_flight_is_lost,
    the_server_breaks_on_one_of_a_flight,
    one_of_a_flight_is_turned_away,
    the_province_is_busy_again_and_again,
    the_province_is_busy_for_a_while,
    a_twin_writes_before_a_flight,
    one_of_ours_is_refused,
    the_server_breaks_on_everything,
)
