"""What goes at once follows the line: whatever its rate, wait and mood, in few requests and short ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.files import LARGEST_CHUNK, MAX_CHUNK
from sync.contract.limits import KB, MAX_BATCH_OPERATIONS, MAX_BODY, MB
from sync.core.pace import (
    BATCH_SECONDS,
    CHUNK_SECONDS,
    FIRST_OPERATIONS,
    LEAST_CHUNK,
    LIGHT_CHUNK,
    MOST_BREAKS,
    MOST_OPERATIONS,
    TELLING,
    Pace,
)

KBIT = 125.0                           # bytes a second

steps = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 8 * MB), st.floats(0, 600)),
        st.just("broke"),
        st.floats(0, 600),
    ),
    max_size=30,
)


def walked(taken: list[tuple[int, float] | str | float], pace: Pace | None = None) -> Pace:
    pace = pace or Pace()
    for step in taken:
        if isinstance(step, tuple):
            pace = pace.after(*step)
        elif isinstance(step, float):
            pace = pace.waited(step)
        else:
            pace = pace.broke()
    return pace


def on_a_line(rate: float, wait: float, pace: Pace | None = None, times: int = 6) -> Pace:
    """After a hello and a few full batches on a line that is always the same."""
    pace = (pace or Pace()).waited(wait)
    for _ in range(times):
        sent = int(pace.batch_bytes / pace.packed)
        pace = pace.after(sent, wait + sent / rate)
    return pace


@given(steps)
def test_whatever_was_measured_what_goes_is_within_what_the_gateway_takes(
    taken: list[tuple[int, float] | str | float],
) -> None:
    pace = walked(taken)
    assert 1 <= pace.batch_operations <= MOST_OPERATIONS <= MAX_BATCH_OPERATIONS
    assert 0 < pace.batch_bytes <= MAX_BODY // 2
    assert LEAST_CHUNK <= pace.chunk_bytes <= LARGEST_CHUNK <= MAX_CHUNK
    assert pace.chunk_bytes & (pace.chunk_bytes - 1) == 0
    assert pace.lines in (2, 4, 8)


@given(steps)
def test_what_is_stored_comes_back_through_json(taken: list[tuple[int, float] | str | float]) -> None:
    pace = walked(taken)
    assert Pace.stored(json.loads(json.dumps(pace.as_stored))) == pace


@pytest.mark.parametrize("held", [
    None, {}, {"rate": "fast"}, {"rate": -1, "latency": None, "breaks": -3},
    {"rate": float("nan"), "breaks": True}, {"latency": 1e9, "breaks": "2"}, {"rate": 1e300},
])
def test_what_cannot_be_read_counts_as_not_measured(held: dict[str, object] | None) -> None:
    assert Pace.stored(held) == Pace()


def test_an_unknown_line_is_measured_with_a_part_of_what_a_good_one_carries() -> None:
    assert (Pace().batch_operations, on_a_line(1_000 * KBIT, 0.2).batch_operations) == (
        FIRST_OPERATIONS, MOST_OPERATIONS,
    )
    assert Pace().waited(0.2).after(60 * KB, 0.7).batch_operations == MOST_OPERATIONS, "one is enough"


@pytest.mark.parametrize(("kbits", "wait", "least"), [
    (16, 0.6, 32 * KB), (64, 0.2, 64 * KB), (256, 0.3, 512 * KB), (1_000, 0.2, 2 * MB), (100_000, 0.01, 4 * MB),
])
def test_a_batch_takes_seconds_on_any_line_and_as_many_as_it_may(kbits: int, wait: float, least: int) -> None:
    pace = on_a_line(kbits * KBIT, wait)
    assert least <= pace.batch_bytes
    assert pace.batch_bytes / pace.packed / (kbits * KBIT) <= 2 * BATCH_SECONDS, "also where free text packs worst"


@pytest.mark.parametrize(("kbits", "chunk", "lines"), [
    (16, 16 * KB, 2), (64, 32 * KB, 2), (256, 64 * KB, 8), (1_000, 256 * KB, 8),
])
def test_a_cut_costs_seconds_of_line_time_and_headers_little_of_it(kbits: int, chunk: int, lines: int) -> None:
    pace = on_a_line(kbits * KBIT, 0.2)
    assert abs(pace.chunk_bytes.bit_length() - chunk.bit_length()) <= 1
    assert pace.lines == lines
    assert pace.chunk_bytes <= max(LIGHT_CHUNK, 1.5 * CHUNK_SECONDS * kbits * KBIT)


@given(st.integers(16, 100_000), st.floats(0.005, 1.0), steps)
def test_a_line_is_known_again_soon_whatever_it_was_before(
    kbits: int, wait: float, before: list[tuple[int, float] | str | float],
) -> None:
    """Whatever was believed of another line, the one that is there now sets what goes."""
    pace = on_a_line(kbits * KBIT, wait, walked(before), times=40)
    assert pace.rate is not None and pace.rate >= min(kbits * KBIT, 16 * MB) * 0.2
    assert pace.breaks == 0


def test_thin_lines_send_chunks_whose_headers_weigh_little_and_very_thin_ones_do_not_wait_for_them() -> None:
    share = [on_a_line(kbits * KBIT, 0.2).shared(2).chunk_bytes for kbits in (64, 32, 16)]
    assert share == [32 * KB, 16 * KB, 16 * KB]


def test_how_well_operations_pack_is_learnt_and_worse_ones_are_believed_at_once() -> None:
    pace = Pace(rate=8_000.0)
    plain = pace.batch_bytes
    for _ in range(5):
        pace = pace.after(20 * KB, 2.5, 280 * KB)
    assert 13 < pace.packed <= 14 and pace.batch_bytes > 3 * plain
    assert pace.after(200 * KB, 25.0, 400 * KB).packed == 2
    assert pace.after(200, 0.3, 400).packed == pace.packed, "a single operation says nothing"


def test_each_break_halves_and_each_success_takes_one_back() -> None:
    pace = on_a_line(1_000 * KBIT, 0.2)
    seen = [pace]
    for _ in range(MOST_BREAKS + 2):
        seen.append(seen[-1].broke())
    assert [each.batch_operations for each in seen] == [1000, 500, 250, 125, 62, 31, 15, 7, 3, 1, 1, 1, 1]
    assert [each.batch_bytes for each in seen] == sorted((each.batch_bytes for each in seen), reverse=True)
    assert seen[-1].after(700, 0.3).breaks == MOST_BREAKS - 1
    assert seen[-1].waited(0.2).breaks == MOST_BREAKS, "a hello that passes does not prove that a batch would"


def test_a_request_with_little_in_it_says_nothing_of_the_rate() -> None:
    assert Pace().waited(0.2).after(TELLING - 1, 5.0).rate is None


def test_a_lucky_wait_does_not_make_the_line_look_endless() -> None:
    pace = Pace().waited(0.2).after(60_000, 0.2001)
    assert pace.rate is not None and pace.rate <= 4 * 60_000 / 0.2


@pytest.mark.parametrize("pace", [Pace(), *(on_a_line(kbits * KBIT, 0.2) for kbits in (16, 64, 256, 1_000))])
def test_all_lines_together_have_no_more_under_way_than_the_gateway_waits_for(pace: Pace) -> None:
    share = pace.shared(pace.lines)
    rate = 64 * KBIT if pace.rate is None else pace.rate
    assert pace.lines * share.chunk_bytes / rate <= 20, "seconds; the gateway gives a body 60"


@pytest.mark.parametrize(("pace", "flights"), [
    (Pace(), 1),                                           # nothing is known yet
    (Pace(rate=125_000.0, latency=0.2), 3),                # 1 Mbit/s far away
    (Pace(rate=8_000.0, latency=0.2), 3),
    (Pace(rate=125_000.0, latency=0.2, breaks=1), 1),      # it broke: no more than one at stake
    (Pace(rate=16.0 * MB, latency=0.2), 1),                # there before a second one is under way
    (Pace(rate=125_000.0, latency=1.5), 2),                # the hello's packet was lost
    (Pace(rate=125_000.0, latency=0.002), 1),              # next door
])
def test_several_batches_go_where_one_connection_would_leave_the_line_idle(pace: Pace, flights: int) -> None:
    assert pace.flight(int(200_000 * pace.packed)) == flights
    assert pace.flight(100) == 1
