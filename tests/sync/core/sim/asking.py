"""Answers the asks of a contact: from the book, one transaction each, or over the line from the province."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.domain.operation import digest
from app.errors import KnownError
from sync.contract.codec import MalformedMessage
from sync.core import asks
from sync.errors import HelloAgain, TryLater
from tests.sync.core.sim.machine import Machine

if TYPE_CHECKING:
    from tests.sync.core.sim.world import World


def answer(world: World, pc: Machine, ask: asks.Ask) -> Any:
    """Raises what the real driver would."""
    return ANSWERS[type(ask)](world, pc, ask)


def _hello(world: World, pc: Machine, ask: asks.SayHello) -> asks.Met:
    book = pc.book
    assert book is not None
    token, usage = book.token, book.usage()
    held = tuple(each.signed() for each in book.leases.values()) if ask.with_leases else ()
    said = world.line.ask(lambda: world.province.hello(token, usage, held))
    pc.note_said(said)
    return asks.Met(said)


def _send(world: World, pc: Machine, ask: asks.SendBatch) -> Any:
    token = pc.book.token
    try:
        found = world.line.ask(lambda: world.province.push(token, ask.head, ask.batch, ask.sealed))
    except TryLater as error:
        if error.code.startswith("line"):
            pc.pace = pc.pace.broke()
        raise
    if pc.pace.breaks > world.least_breaks:
        pc.pace = pc.pace.after(0, 0.1)
    return found


def _fly(world: World, pc: Machine, ask: asks.SendFlight) -> Any:
    """Each is a request of its own; every second flight arrives the other way round."""
    said: list[Any] = [None] * len(ask.batches)
    world.flights += 1
    places = range(len(ask.batches))
    for nth in places if world.flights % 2 else reversed(places):
        try:
            said[nth] = _send(world, pc, ask.batches[nth])
        except KnownError as error:
            said[nth] = error
    return said


def _fetch(world: World, pc: Machine, ask: asks.FetchFeed) -> Any:
    token = pc.book.token
    if not pc.has_more:
        pc.window, pc.window_changes = dict(pc.book.shelf.statuses), set()
    pc.has_more = False
    try:
        page = world.line.ask(lambda: world.province.fetch(token, ask.incarnation, ask.position))
    except MalformedMessage as error:
        raise TryLater("answer_unreadable") from error
    pc.has_more = page.more
    return page


def _own(world: World, pc: Machine, ask: asks.FetchOwn) -> Any:
    token = pc.book.token
    return world.line.ask(lambda: world.province.own(token, ask.epoch, ask.after, ask.limit))


def _epoch(world: World, pc: Machine, ask: asks.AskEpoch) -> Any:
    token = pc.book.token

    def request() -> Any:
        return world.province.begin_epoch(token, ask.request, pc.serial, world.fresh("t"))

    return world.line.ask(request)


def _files(world: World, pc: Machine, ask: asks.SendFiles) -> bool:
    """As `sync.files` does it: ask what is there, go on from there, count as sent what is whole."""
    book, office = pc.book, pc.office
    store = lambda: world.province.files  # noqa: E731
    if not book.files:
        return True
    if book.files_checked != ask.incarnation:
        for name, each in book.files.items():
            if each[1] and world.rules.files_asked_again:
                each[1] = int(world.line.ask(lambda name=name: store().offset(office, name)) == -1)
        _same(world, ask.incarnation)
        book.files_checked = ask.incarnation
    for name, each in list(book.files.items()):
        if each[1]:
            continue
        at = world.line.ask(lambda name=name: store().offset(office, name))
        while at is not None and at >= 0:
            _same(world, ask.incarnation)
            world.chunks_sent += 1
            at = world.line.ask(lambda name=name, at=at: store().take_chunk(office, name, at))
        if at == -1:
            world.promises.file_is_whole(pc, name, each[0])
            each[1] = 1
    return True


def _same(world: World, incarnation: str) -> None:
    if world.province.incarnation != incarnation:
        raise HelloAgain("incarnation_changed")


def _note_contact(world: World, pc: Machine, ask: asks.NoteContact) -> None:
    book, server = pc.book, int(ask.answer.server_time)
    book.offset = server - pc.now
    if book.shelf.incarnation not in ("", ask.answer.incarnation) and world.rules.branch_kept_again:
        book.kept = {epoch: seq - 1 for epoch, seq in book.fork.items()}
    if book.stopped:
        return
    book.close_days(min(server // 1440, book.today(pc.now)), world.op_ids)
    pc.copy_out()


def _confirm(world: World, pc: Machine, ask: asks.Confirm) -> None:
    book = pc.book
    before = book.confirmed.get(ask.epoch, 0)
    world.promises.is_confirmed(pc, ask.epoch, before, ask.upto, is_branch=False)
    book.confirm(ask.epoch, ask.upto)


def _note_kept(world: World, pc: Machine, ask: asks.NoteKept) -> None:
    book = pc.book
    before = max(book.kept.get(ask.epoch, 0), book.fork[ask.epoch] - 1)
    world.promises.is_confirmed(pc, ask.epoch, before, ask.upto, is_branch=True)
    book.kept[ask.epoch] = ask.upto


def _note_fork(world: World, pc: Machine, ask: asks.NoteFork) -> None:
    book = pc.book
    if ask.seq < book.fork.get(ask.epoch, ask.seq + 1):
        book.fork[ask.epoch], book.kept[ask.epoch] = ask.seq, ask.seq - 1


def _stop(world: World, pc: Machine, ask: asks.StopNumbers) -> None:
    pc.book.stopped = ask.reason


def _import(world: World, pc: Machine, ask: asks.ImportOwn) -> int:
    fresh = pc.book.bring_back(ask.epoch, [each["op"] for each in ask.items])
    pc.copy_out()
    return fresh


def _prepare(world: World, pc: Machine, ask: asks.PrepareEpoch) -> Any:
    return pc.book.prepare(ask.reason, world.fresh("r"), world.fresh("k"))


def _take_epoch(world: World, pc: Machine, ask: asks.TakeEpoch) -> None:
    asked = pc.book.request
    pc.book.take_epoch(ask.answer)
    if asked is not None and asked.request == pc.shared_request:
        # Nothing tells a perfect copy's request from the same one sent twice: both begin this epoch, until one of
        # them has sent something of it and the other is told.
        pc.blind_epoch = pc.book.epoch
    pc.copy_out()


def _take_page(world: World, pc: Machine, ask: asks.TakePage) -> int:
    shelf = pc.book.shelf
    world.promises.page_is_overseen(pc, ask.page)
    if not world.rules.cursor_with_page and world.rng.random() < 0.1:
        shelf.incarnation, shelf.position = ask.page.incarnation, ask.page.position
        raise TryLater("power_cut")                # between the cursor's transaction and the page's
    pc.book.holds.update(shelf.take_page(ask.page, pc.book.epoch, pc.now))
    return len(ask.page.entries)


def _hash_at(world: World, pc: Machine, ask: asks.HashAt) -> str:
    found = pc.book.at(ask.epoch, ask.seq)
    return found.hash if found is not None else ""


def _read_feed(world: World, pc: Machine, ask: asks.ReadFeed) -> asks.HeldFeed:
    return pc.book.shelf.cursor()


def _hold(world: World, pc: Machine, ask: asks.HoldPull) -> None:
    pc.book.shelf.held = (ask.pages[-1].incarnation, ask.pages[-1].position)


def _resend(world: World, pc: Machine, ask: asks.ResendFrom) -> None:
    pc.book.resend(ask.epoch, ask.upto)


ANSWERS: Mapping[type[asks.Ask], Callable[[Any, Any, Any], Any]] = {
    asks.Pause: lambda world, pc, ask: True,
    asks.SayHello: _hello,
    asks.SendBatch: _send,
    asks.SendFlight: _fly,
    asks.FetchFeed: _fetch,
    asks.FetchOwn: _own,
    asks.AskEpoch: _epoch,
    asks.SendFiles: _files,
    asks.FetchPackages: lambda world, pc, ask: [],
    asks.ReadStanding: lambda world, pc, ask: pc.book.standing(),
    asks.NoteContact: _note_contact,
    asks.StoreLeases: lambda world, pc, ask: pc.book.store_leases(ask.leases),
    asks.HashAt: _hash_at,
    asks.ReadWaiting: lambda world, pc, ask: pc.book.waiting(ask.epoch, ask.after, ask.limit),
    asks.Confirm: _confirm,
    asks.ResendFrom: _resend,
    asks.SetAside: lambda world, pc, ask: world.set_aside.add(digest(ask.each.payload)),
    asks.ReadPace: lambda world, pc, ask: pc.pace,
    asks.StopNumbers: _stop,
    asks.NoteFork: _note_fork,
    asks.NoteKept: _note_kept,
    asks.ImportOwn: _import,
    asks.PrepareEpoch: _prepare,
    asks.TakeEpoch: _take_epoch,
    asks.ReadFeed: _read_feed,
    asks.WeighPages: lambda world, pc, ask: pc.book.shelf.weigh(ask.pages, pc.now),
    asks.HoldPull: _hold,
    asks.TakePage: _take_page,
    asks.ReadOffer: lambda world, pc, ask: pc.book.shelf.offer(
        ask.held, ask.limit, ask.but, pc.book.chains.keys() - pc.book.fork.keys(), ask.incarnation),
    asks.NoteGiven: lambda world, pc, ask: pc.book.shelf.note_given(
        (ask.device, ask.epoch), ask.incarnation, ask.op_id),
}
