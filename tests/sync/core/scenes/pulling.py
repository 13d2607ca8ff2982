"""The feed: landslides, in pages and in portions."""

from __future__ import annotations

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
    stage.call(pc)
    stage.sees(pc.problem == "mass_change", "P16 a landslide that nobody was asked about", pc.problem)


def a_landslide_waits_and_nothing_else_does(stage: Stage) -> None:
    pc = stage.counter()
    made = stage.receive(pc, 6)
    stage.call(pc)
    for each in made:
        stage.world.province.post("A", each.number, "done")
    stage.scan(pc, "scan", 3)
    stage.call(pc)
    stage.sees(pc.problem == "mass_change", "P16 a landslide that nobody was asked about", pc.problem)
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
        stage.call(pc)
    stage.sees(pc.problem == "mass_change", "P16 a landslide that nobody was asked about", pc.problem)


SCENES = (
    a_landslide_comes_in_small_pages,
    a_landslide_waits_and_nothing_else_does,
    a_landslide_comes_in_small_portions,
)
