"""The feed: landslides, in pages and in portions."""

from __future__ import annotations

from sync.core import asks
from tests.sync.core.scenes.stage import Stage


def a_landslide_comes_in_small_pages(stage: Stage) -> None:
    """No page alone would be one."""
    stage.world.province.page = 2
    pc = stage.counter()
    made = stage.receive(pc, 5)
    stage.days(1)
    made += stage.receive(pc, 5)
    stage.call(pc)
    for each in made:
        stage.world.province.post("A", each.number, "done")
    stage.call(pc, to="mass_change")


def a_few_of_a_few_are_no_landslide(stage: Stage) -> None:
    pc = stage.counter()
    made = stage.receive(pc, 5)
    stage.call(pc)
    for each in made:
        stage.world.province.post("A", each.number, "done")
    stage.call(pc)


def the_feed_goes_on_where_it_was_left(stage: Stage) -> None:
    stage.world.province.page = 2
    pc = stage.counter()
    stage.receive(pc, 5)
    stage.call(pc)
    held = pc.book.shelf.position if pc.book is not None else 0
    stage.call(pc)
    stage.sees([each.position for each in stage.asked(asks.FetchFeed)] == [held], "P14 read again from the start")


def a_landslide_waits_and_nothing_else_does(stage: Stage) -> None:
    pc = stage.counter()
    made = stage.receive(pc, 6)
    stage.call(pc)
    for each in made:
        stage.world.province.post("A", each.number, "done")
    stage.scan(pc, "scan", 3)
    stage.call(pc, to="mass_change")
    stage.sees(stage.world.province.files.is_whole("scan", 3), "P11 a document waits for a landslide")


def a_landslide_comes_in_small_portions(stage: Stage) -> None:
    """No contact of the day alone would be one."""
    pc = stage.counter()
    made = []
    for _ in range(3):
        made += stage.receive(pc, 6)
        stage.days(1)
    stage.call(pc)
    for each in range(0, 15, 3):
        for one in made[each:each + 3]:
            stage.world.province.post("A", one.number, "done")
        stage.call(pc, to="mass_change" if each > 6 else "")


SCENES = (
    a_few_of_a_few_are_no_landslide,
    the_feed_goes_on_where_it_was_left,
    a_landslide_comes_in_small_pages,
    a_landslide_waits_and_nothing_else_does,
    a_landslide_comes_in_small_portions,
)
