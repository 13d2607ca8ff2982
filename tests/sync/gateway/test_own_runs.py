"""Who asks for it gets its own operations in runs: the same places in fewer words."""

from __future__ import annotations

import pytest

from sync.contract import codec
from sync.contract.codec import MalformedMessage
from sync.contract.feed import Entry, FeedPage, Kind, positions_of
from sync.line import spelled_out
from tests.sync.gateway.conftest import InProcess
from tests.sync.gateway.counterpart import FakeCounter, ask


def in_runs(counter: FakeCounter, position: int = 0, limit: int = 500) -> FeedPage:
    params = {"incarnation": counter.incarnation, "position": position, "limit": limit, "own_runs": "true"}
    answer = ask(counter.line, "GET", "/v1/feed", params=params, headers=counter.headers)
    return codec.loads(FeedPage, answer.content)


def spelled(counter: FakeCounter, position: int, limit: int, hashes: dict[int, str]) -> FeedPage:
    found = spelled_out(in_runs(counter, position, limit), lambda device, _, first, last: [
        hashes[seq] for seq in range(first, last + 1) if device == counter.device and seq in hashes])
    assert found is not None
    return found


def test_spelled_out_they_say_the_same_whatever_the_size_of_the_page(gateway: InProcess) -> None:
    author, neighbour = gateway.counter(), gateway.counter()
    for counter, count in ((author, 7), (neighbour, 3), (author, 1), (author, 12), (neighbour, 1)):
        counter.push([counter.write() for _ in range(count)])
        gateway.advance(seconds=1)
    for counter in (author, neighbour):
        alone = counter.whole_feed()
        hashes = {each.body["seq"]: each.body["hash"] for each in alone if each.body.get("own")}
        for limit in (1, 2, 3, 500):
            entries: list[Entry] = []
            position, more = 0, True
            while more:
                page = spelled(counter, position, limit, hashes)
                assert page.entries[-1].position == page.position > position
                entries += page.entries
                position, more = page.position, page.more
            assert entries == alone


def test_a_day_of_our_own_is_a_few_words(gateway: InProcess) -> None:
    author = gateway.counter()
    author.push([author.write() for _ in range(300)])
    page = in_runs(author, limit=2)
    assert (page.position, page.more) == (301, False) and [positions_of(each) for each in page.entries] == [300, 1]
    assert page.entries[0].body["seq_to"] == 300


def test_a_run_that_ends_otherwise_than_we_wrote_it_is_not_believed() -> None:
    body = {"device": "d", "epoch": 1, "seq": 2, "seq_to": 4, "hash": "c", "own": True}
    run = Entry(5, Kind.OPERATION, "device:d", "2026", body)
    page = FeedPage("nhà", 7, (run,), False)
    whole = spelled_out(page, lambda *_: ["a", "b", "c"])
    assert whole is not None and [(each.position, each.body) for each in whole.entries] == [
        (5 + n, {"device": "d", "epoch": 1, "seq": 2 + n, "hash": "abc"[n], "own": True}) for n in range(3)]
    for held in ([], ["a", "b"], ["a", "b", "x"]):
        assert spelled_out(page, lambda *_, held=held: held) is None


@pytest.mark.parametrize("changes", [
    {"seq_to": 1}, {"seq_to": 2**53}, {"seq_to": "9"}, {"seq_to": True}, {"seq": None}, {"branch": 1},
    {"seq_to": 3},
])
def test_what_is_no_run_or_leaves_a_hole_is_no_page(changes: dict[str, object]) -> None:
    body = {"device": "d", "epoch": 1, "seq": 2, "seq_to": 4, "hash": "c", "own": True, **changes}
    with pytest.raises(MalformedMessage):
        FeedPage("nhà", 7, (Entry(5, Kind.OPERATION, "device:d", "2026", body),), False)
