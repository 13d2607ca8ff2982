"""Documents in chunks: doubled, damaged at the province, lost with it."""

from __future__ import annotations

from tests.sync.core.scenes.stage import NOT_MET, Stage

SIZE = 4


def a_chunk_comes_twice(stage: Stage) -> None:
    """The second of them arrives between two others: it has no place any more, and costs nothing."""
    pc = stage.counter()
    stage.call(pc)
    stage.scan(pc, "scan", SIZE)
    asked_before = 5                               # hello, push, feed, where the file stands, its first chunk
    stage.call(pc, script={asked_before + 1: "twice", asked_before + 2: stage.line.one_arrives})
    stage.sees(not stage.line.under_way, NOT_MET)
    for _ in range(2):
        stage.call(pc)
    stage.sees(stage.world.chunks_sent <= SIZE + 1, "P11 chunks went again", stage.world.chunks_sent)


def a_chunk_is_damaged_in_the_store(stage: Stage) -> None:
    """Half of it was on the disk when the province's power went: as long as it should be, with other bytes."""
    pc = stage.counter()
    stage.scan(pc, "scan", SIZE)
    stage.call(pc, script={6: "lost"}, to="line_down")
    files = stage.world.province.files
    stage.sees(files.begun == {("A", "scan"): (0,)}, NOT_MET, files.begun)
    files.begun[("A", "scan")] = (-1,)
    stage.call(pc, to="file_hash_differs")


def a_file_is_lost_with_the_province(stage: Stage) -> None:
    pc = stage.counter()
    stage.scan(pc, "scan", SIZE)
    stage.call(pc, script={6: "lost"}, to="line_down")
    stage.backup()
    stage.call(pc)
    stage.restore()
    stage.call(pc)


SCENES = (
    a_chunk_comes_twice,
    a_chunk_is_damaged_in_the_store,
    a_file_is_lost_with_the_province,
)
