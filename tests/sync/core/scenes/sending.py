"""Operations on which the province breaks, too large ones, unreadable ones; and a province that just breaks."""

from __future__ import annotations

from typing import Any

from sync.core import asks
from sync.errors import TryLater
from tests.sync.core.scenes.stage import Go, Stage


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
    stage.sees(pc.problem == "", "P12 one operation stops the others", pc.problem)
    stage.holds(made, "P12 one operation stops another")
    if poison != "unreadable":                     # that one the province names itself
        stage.sees(stage.world.set_aside == {made[2].hash}, "P12 set aside and not shown", stage.world.set_aside)


def the_server_breaks_on_everything(stage: Stage) -> None:
    """Then it is not the operation: nothing is set aside, and all goes when the server is well."""
    pc = stage.counter()
    stage.receive(pc)

    def breaks(go: Go) -> Any:
        raise TryLater("internal")

    for _ in range(2):
        stage.call(pc, *((asks.SendBatch, each, breaks) for each in range(1, 9)))
        stage.sees(pc.problem == "internal", "P12 a server that is not well", pc.problem)
    stage.sees(not stage.world.set_aside, "P12 set aside although it is the server", stage.world.set_aside)


SCENES = (
    the_server_breaks_on_one,
    one_is_too_large,
    one_cannot_be_read,
    the_server_breaks_on_everything,
)
