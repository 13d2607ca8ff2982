"""The light table's processes: killed, stopped, starved, shared, closed; the window always gets an answer."""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.domain.scanning import Treatment
from app.errors import EnvironmentFault, KnownError, Refusal
from app.framing import read_frame
from app.imaging.limits import Limits
from app.imaging.table_process import LightTable
from app.own_program import helper_environment
from tests.faults import bomb_pdfs, bomb_pictures
from tests.faults.bomb_pictures import saved, sheet

PAGE = saved(sheet(), "JPEG", dpi=(100, 100))
SLOW = bomb_pdfs.pdf_tiles_of_nothing()
"""Keeps a process busy for longer than any test waits."""


@pytest.fixture(scope="module")
def shared() -> Iterator[LightTable]:
    """Of the tests that leave its children alive. Its thread ends with the module, not with a test."""
    with LightTable() as table:
        table.warm_up()
        yield table


@pytest.fixture
def table(shared: LightTable) -> LightTable:
    return shared


def _children() -> set[int]:
    """Processes of the light table that this one has started and that are not gone."""
    found: set[int] = set()
    for each in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found |= {int(number) for number in each.read_text().split()}
    return found


@contextlib.contextmanager
def _at_work(table: LightTable) -> Iterator[tuple[int, Callable[[], KnownError]]]:
    """A child in the middle of a job that does not end: its number, and how to wait for what the job came to."""
    before = _children()
    table.warm_up()
    [child] = _children() - before
    raised: list[KnownError] = []

    def job() -> None:
        try:
            table.preview(SLOW, 4_000)
        except KnownError as error:
            raised.append(error)

    worker = threading.Thread(target=job)
    worker.start()

    def outcome() -> KnownError:
        worker.join()
        return raised[0]

    while _waits_for_work(child):
        pass

    yield child, outcome
    worker.join()


def _waits_for_work(child: int) -> bool:
    """Waiting for a job, not in one."""
    return Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[0] == "S"


def test_a_page_comes_back_prepared(table: LightTable) -> None:
    page = table.prepare(PAGE, Treatment("text"))
    assert page.mime in ("image/jpeg", "image/png", "image/tiff")
    assert page.finding.width > 0 and page.thumbnail.startswith(b"\xff\xd8")
    assert table.preview(page.content, 300).startswith(b"\xff\xd8")


def test_a_refusal_leaves_the_child_at_work(table: LightTable) -> None:
    table.preview(PAGE, 100)
    before = _children()
    for _ in range(3):
        with pytest.raises(Refusal) as refused:
            table.preview(b"GIF89a", 100)
        assert (refused.value.code, refused.value.values) == ("picture_unknown_kind", {"found": "gif"})
    assert _children() == before


def test_pages_of_a_foreign_file_stream_from_a_process_of_their_own(table: LightTable) -> None:
    whole = saved(sheet(mode="1"), "TIFF", save_all=True, append_images=[sheet(mode="1")] * 4)
    before = _children()
    pages = table.split(whole)
    first = next(pages)
    [own] = _children() - before
    assert table.preview(first.content, 100), "the pool is free meanwhile"
    assert len(list(pages)) == 4
    assert own not in _children()


def test_a_split_that_nobody_reads_to_its_end_leaves_no_process(table: LightTable) -> None:
    before = _children()
    pages = table.split(saved(sheet(mode="1"), "TIFF", save_all=True, append_images=[sheet(mode="1")] * 4))
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert _children() == before


def test_a_file_that_is_too_large_is_not_even_sent(table: LightTable) -> None:
    with pytest.raises(Refusal) as refused:
        table.preview(bytes(table.limits.most_bytes + 1), 100)
    assert refused.value.code == "file_too_large"


def test_two_threads_work_at_once() -> None:
    answers: list[int] = []
    before = _children()

    def work() -> None:
        for _ in range(5):
            answers.append(len(table.preview(PAGE, 200)))

    with LightTable() as table:
        workers = [threading.Thread(target=work) for _ in range(4)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        assert len(answers) == 20 and len(set(answers)) == 1
        assert len(_children() - before) <= 2


def test_a_child_killed_in_mid_job_fails_that_job_and_no_other() -> None:
    with LightTable(children=1) as table:
        with _at_work(table) as (child, outcome):
            os.kill(child, signal.SIGKILL)
            assert outcome().code == "light_table_died"
        assert table.preview(PAGE, 100)


def test_a_child_killed_between_two_jobs_is_not_noticed() -> None:
    before = _children()
    with LightTable(children=1) as table:
        table.preview(PAGE, 100)
        [child] = _children() - before
        os.kill(child, signal.SIGKILL)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert table.preview(PAGE, 100)


def test_a_child_stopped_in_mid_job_runs_out_of_time() -> None:
    with LightTable(children=1, limits=Limits(page_seconds=2.0)) as table:
        with _at_work(table) as (child, outcome):
            os.kill(child, signal.SIGSTOP)
            error = outcome()
        assert (error.code, error.values) == ("light_table_timeout", {"seconds": 2})
        assert child not in _children()


def test_a_job_that_takes_too_long_is_ended() -> None:
    with LightTable(children=1, limits=Limits(page_seconds=1.0)) as table:
        with pytest.raises(EnvironmentFault) as refused:
            table.preview(SLOW, 4_000)
        assert refused.value.code == "light_table_timeout"


def test_memory_beyond_the_limit_ends_the_job_and_the_next_one_works() -> None:
    large = saved(Image.new("RGB", (4_500, 4_500), "white"), "PNG", compress_level=1)
    with LightTable(children=1, limits=Limits(memory=120 << 20)) as table:
        with pytest.raises(EnvironmentFault) as refused:
            table.prepare(large, Treatment("text"))
        assert refused.value.code in ("light_table_memory", "light_table_died")
        assert table.preview(PAGE, 100)
        assert table.peak < 120 << 20


def test_a_bomb_inside_a_pdf_cannot_pass_the_limit() -> None:
    with LightTable(limits=Limits(memory=160 << 20)) as table, pytest.raises(KnownError) as refused:
        list(table.split(bomb_pdfs.pdf_deflate_bomb()))
    assert refused.value.code in ("light_table_memory", "light_table_died")


def test_close_ends_every_process_also_in_mid_job() -> None:
    with LightTable(children=1) as table, _at_work(table) as (child, outcome):
        table.close()
        assert outcome().code == "light_table_closed"
    assert child not in _children()
    for job in (lambda: table.preview(PAGE, 100), lambda: list(table.split(PAGE)), table.warm_up):
        with pytest.raises(EnvironmentFault) as refused:
            job()
        assert refused.value.code == "light_table_closed"


def test_a_table_never_used_starts_nothing() -> None:
    before = threading.active_count(), _children()
    with LightTable():
        assert (threading.active_count(), _children()) == before


_PARENT = """
import os, sys
from app.imaging.table_process import LightTable
from tests.app.imaging.test_table_process import SLOW, _at_work
with LightTable(children=1) as table, _at_work(table) as (child, _):
    print(child, flush=True)
"""


def test_a_child_does_not_outlive_its_killed_parent() -> None:
    """It is in mid job, with nobody to read its answer and a pipe that never says a word."""
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, env=helper_environment(), text=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        watched = os.pidfd_open(child)
        parent.kill()
        parent.wait()
    try:
        gone, _, _ = select.select([watched], [], [], 20)
        assert gone, "a pidfd is readable once its process has ended"
    finally:
        os.close(watched)


def test_a_child_started_for_a_parent_that_is_gone_ends_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.imaging.child", "{}", "1"], input=b"", stdout=subprocess.PIPE,
        env=helper_environment(), check=False,
    )
    assert done.returncode != 0 and done.stdout == b""


def test_a_child_prints_nothing_but_answers() -> None:
    """A library that prints must not break the language of the pipe."""
    program = (
        "import os, sys, app.imaging.child as child, app.imaging.jobs as jobs\n"
        "jobs.warm_up = lambda: (print('noise', flush=True), os.write(1, b'more'))\n"
        "from app.imaging.limits import Limits\n"
        "child.main(Limits(), os.getppid())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=helper_environment(),
    ) as process:
        said, _ = process.communicate()
    frame = read_frame(io.BytesIO(said))
    assert frame is not None and frame.head == {"event": "ready"}


def test_a_page_limit_reaches_the_child() -> None:
    with LightTable(limits=replace(Limits(), most_pages=2)) as table, pytest.raises(Refusal) as refused:
        list(table.split(bomb_pictures.tiff_300_frames()))
    assert refused.value.code == "pdf_too_many_pages"
