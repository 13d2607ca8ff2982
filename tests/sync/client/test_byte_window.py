"""Documents keep to the hours and bytes of the day; records never wait for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app.domain.vietnam_time import VIETNAM, local
from app.services.byte_window import ByteWindow, allowance, set_window
from sync.contract.files import LARGEST_CHUNK
from tests.sync.client.fault_proxy import PASS, Asked, FaultProxy, Rule
from tests.sync.client.scans import LineTime, file_at, holds, is_chunk, scan, sent_bytes
from tests.sync.client.trial import Counter, Trial

Enrol = Callable[..., Counter]


def test_documents_wait_for_their_hours_and_records_do_not(trial: Trial, enrol: Enrol) -> None:
    counter, content = enrol(), scan(150_000, 901)
    opens = local(counter.office.clock.now() + timedelta(hours=2)).replace(second=0, microsecond=0)
    open_from(counter, opens, None)
    (blob,) = file_at(counter, content)
    counter.receive(2)
    said = counter.sync()
    assert (said.problem, said.waiting, said.files_waiting, said.files_sent) == ("", 0, 1, 0)
    assert said.next_try_seconds != 0.0, "nobody hurries for what may not go"
    counter.office.clock.advance(timedelta(hours=2, minutes=1))
    assert counter.sync().files_sent == 1 and holds(trial, blob, content)


def test_what_is_over_the_bytes_of_the_day_goes_the_next_day(trial: Trial, enrol: Enrol) -> None:
    counter, most = enrol(), 1_000_000
    now = local(counter.office.clock.now()).replace(second=0, microsecond=0)
    open_from(counter, now, most)
    contents = [scan(700_000, 910 + number) for number in range(3)]
    blobs = [blob for number, content in enumerate(contents)
             for blob in file_at(counter, content, after=timedelta(seconds=number))]
    counter.sync()
    with counter.office.application.database.reading() as connection:
        used = allowance(connection, counter.office.clock.now())
    assert most <= used.used < most + LARGEST_CHUNK and not used.is_open, "the chunk that reaches it is the last"
    before = counter.sync()
    assert (before.files_sent, before.file_bytes) == (0, 0) and before.files_waiting > 0
    for _ in range(2):                                 # 2.1 MB are three windows
        counter.office.clock.advance(timedelta(days=1))
        said = counter.sync()
    assert said.files_waiting == 0
    assert all(holds(trial, blob, content) for blob, content in zip(blobs, contents, strict=True))


def test_when_the_hours_end_on_the_way_documents_stop_and_go_on_where_they_were(
    trial: Trial, enrol: Enrol,
) -> None:
    counter, content, clock = enrol(), scan(1_500_000, 920), LineTime()
    at_the_end = counter.office.clock.now() - timedelta(hours=5, minutes=58)
    open_from(counter, local(at_the_end).replace(second=0, microsecond=0), None)
    (blob,) = file_at(counter, content)

    def carry(asked: Asked) -> Rule:
        clock.carry(asked)
        if sum(map(is_chunk, line.asked)) == 3 and is_chunk(asked):
            counter.office.clock.advance(timedelta(minutes=3))
        return PASS

    with FaultProxy(trial.url, carry) as line:
        counter.move(line.url)
        said = counter.sync(monotonic=clock)
        assert (said.problem, said.files_sent, said.files_waiting) == ("", 0, 1)
        assert said.next_try_seconds != 0.0, "nobody hurries for what may not go"
        counter.receive()
        assert (counter.sync().sent, counter.sync().file_bytes) == (1, 0)
        counter.office.clock.advance(timedelta(hours=19))
        assert counter.sync().files_sent == 1 and sent_bytes(line.asked) == len(content)
    assert holds(trial, blob, content)


def open_from(counter: Counter, opens: datetime, most: int | None) -> None:
    """Six hours from then."""
    begins, ends = opens.astimezone(VIETNAM), (opens + timedelta(hours=6)).astimezone(VIETNAM)
    with counter.office.application.database.writing() as connection:
        set_window(connection, ByteWindow(begins.time(), ends.time(), most))
