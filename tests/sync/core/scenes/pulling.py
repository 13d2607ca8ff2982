"""The feed: landslides over several pages."""

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


SCENES = (a_landslide_comes_in_small_pages,)
