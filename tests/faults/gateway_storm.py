"""Several gateway processes on one PostgreSQL, each killed at any moment, the server crashing under them.

Counters push and pull at whichever process answers. Between two pushes something is killed with signal 9: a whole
gateway, one worker of it, or PostgreSQL is ended without warning and recovers from its log. Everything must be in
custody once, in the order of each journal; every feed whole, alike for all counters of an office, whichever
process it is read from.

    python -m tests.faults.gateway_storm [--pushes 2000] [--seed 1]
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import threading
from collections import Counter as Amounts
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import requests

from sync.gateway.process import GatewayProcess
from sync.gateway.times import business_day
from tests.gateway_process import OFFICE, OperatedHere, office
from tests.postgres import PostgresServer, running_postgres
from tests.sync.gateway.conftest import HttpLine
from tests.sync.gateway.counterpart import FakeCounter, Op, SaidNo

GATEWAYS = 2
COUNTERS = (("bc-mau", "Quầy 1"), ("bc-mau", "Quầy 2"), ("bc-hai", "Quầy 1"))
PUSHES_BETWEEN_FAULTS = 12
LONGEST_WAIT = 60.0

GATEWAY, WORKER, DATABASE = "gateway killed", "worker killed", "database crashed"

SETTINGS = ("synchronous_commit=on", "max_connections=60")
"""What is committed must outlive a crash of the server; only the machine's own crash is left out."""


@dataclass
class Figures:
    pushes: int = 0
    operations: int = 0
    again: int = 0                                 # requests that had to be sent again
    faults: Amounts[str] = field(default_factory=Amounts)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.wrong


class Storm:
    """The gateways and what befalls them; counters tell it of every push."""

    def __init__(self, gateways: list[GatewayProcess], server: PostgresServer, seed: int, pushes: int) -> None:
        self.gateways = gateways
        self.server = server
        self.figures = Figures()
        self.pushes = pushes
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._whole = threading.Event()
        self._whole.set()
        self._kinds = itertools.cycle((DATABASE, WORKER, GATEWAY))
        self._fault: threading.Thread | None = None

    def next_push(self) -> bool:
        """Whether one more is wanted; every so often something is killed while it is under way."""
        with self._lock:
            if self.figures.pushes >= self.pushes:
                return False
            self.figures.pushes += 1
            due = self.figures.pushes % PUSHES_BETWEEN_FAULTS == 0
            if due and (self._fault is None or not self._fault.is_alive()):
                kind = next(self._kinds)
                self.figures.faults[kind] += 1
                gateway = self._chance.choice(self.gateways)
                self._fault = threading.Thread(target=self._strike, args=(kind, gateway))
                self._fault.start()
        return True

    def _strike(self, kind: str, gateway: GatewayProcess) -> None:
        if kind == GATEWAY:
            gateway.kill9()
            gateway.start()
        elif kind == WORKER:
            (with_workers,) = [each for each in self.gateways if "--workers" in each.options]
            os.kill(workers_of(with_workers)[0], signal.SIGKILL)
        else:
            self._whole.clear()
            self.server.crash()
            self.server.start_again()
            self._whole.set()

    def wait_until_whole(self) -> None:
        with self._lock:
            self.figures.again += 1
        self._whole.wait(LONGEST_WAIT)

    def calm(self) -> None:
        if self._fault is not None:
            self._fault.join()


def workers_of(gateway: GatewayProcess) -> list[int]:
    """Processes that a `--workers` parent has started."""
    children = Path(f"/proc/{gateway.pid}/task/{gateway.pid}/children")
    return [int(pid) for pid in children.read_text().split()] if children.exists() else []


class Hand:
    """One counter that works until the storm is over."""

    def __init__(self, counter: FakeCounter, storm: Storm, seed: int, lines: list[HttpLine]) -> None:
        self.counter = counter
        self.storm = storm
        self.chance = random.Random(seed)
        self.lines = lines
        self.written: list[Op] = []
        self.seen = 0                              # of the feed, position by position

    def work(self) -> None:
        try:
            while self.storm.next_push():
                self._push(self._write())
                if self.chance.random() < 0.3:
                    self._pull()
        except Exception as error:
            self.storm.figures.wrong.append(f"{type(error).__name__}: {error}")

    def _write(self) -> list[Op]:
        first, day = self.counter.first_number("cong-an"), today()
        fresh = []
        for _ in range(self.chance.randint(1, 12)):
            number = first + len(self.written) + len(fresh)
            is_receipt = number < first + 499 and self.chance.random() < 0.6
            fresh.append(self.counter.write(number=self.counter.number(number, day=day) if is_receipt else None,
                                            business_date=day.isoformat()))
        self.written += fresh
        return fresh

    def _push(self, fresh: list[Op]) -> None:
        said = self._ask(lambda: self.counter.push(fresh))
        strange = {each.outcome for each in said.items} - {"taken", "already"}
        if strange:
            self.storm.figures.wrong.append(f"push answered {strange}")

    def _pull(self) -> None:
        page = self._ask(lambda: self.counter.feed(self.seen))
        positions = [entry.position for entry in page.entries]
        if positions != list(range(self.seen + 1, page.position + 1)):
            self.storm.figures.wrong.append(f"feed after {self.seen} skips: {positions[:5]}")
        self.seen = page.position

    def _ask(self, question: Any) -> Any:
        """Until it is answered, at whichever gateway."""
        for _ in range(2_000):
            self.counter.line = self.chance.choice(self.lines)
            try:
                return question()
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
                self.storm.wait_until_whole()
            except SaidNo as said:
                if said.problem.status not in (429, 503):
                    raise
                self.storm.wait_until_whole()
        raise TimeoutError("no gateway answered two thousand times")


def today() -> date:
    return business_day(datetime.now(UTC))


def run(pushes: int, seed: int, folder: Path, server: PostgresServer) -> Figures:
    """`pushes` pushes in a storm, then the reckoning."""
    url = server.create_prepared_database()
    with ExitStack() as stack:
        gateways: list[GatewayProcess] = []
        for n in range(GATEWAYS):
            gateway = OperatedHere(folder, url, folder / f"gateway{n}.log")
            gateway.options += ["--workers", "2"] if n else []
            stack.callback(gateway.stop)
            gateways.append(gateway.start())
        gateways[0].add_office(OFFICE)
        gateways[0].add_office(office(id="bc-hai"))
        lines = [HttpLine(gateway.url) for gateway in gateways]
        for line in lines:
            stack.callback(line.close)
        storm = Storm(gateways, server, seed, pushes)
        hands = []
        for n, (where, name) in enumerate(COUNTERS):
            counter = FakeCounter(lines[0], where)
            counter.enrol(gateways[0].mint_code(where, name))
            hands.append(Hand(counter, storm, seed * 100 + n, lines))
        threads = [threading.Thread(target=hand.work) for hand in hands]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        storm.calm()
        storm.figures.operations = sum(len(hand.written) for hand in hands)
        storm.figures.wrong += _reckon(hands, gateways, lines)
        return storm.figures


def _reckon(hands: list[Hand], gateways: list[GatewayProcess], lines: list[HttpLine]) -> list[str]:
    """What is not as it must be."""
    wrong = []
    report = gateways[0].report()
    written = sum(len(hand.written) for hand in hands)
    if (report["operations"], report["branches"], report["unsettled"]) != (written, 0, []):
        wrong.append(f"{report['operations']} of {written} operations, {report['branches']} branches, "
                     f"{len(report['unsettled'])} unsettled")
    feeds: dict[str, list[Any]] = {}
    for hand in hands:
        hand.counter.line = lines[-1]
        held = hand.counter.hello().have[1]
        if (held.seq, held.hash) != (len(hand.written), hand.counter.prev):
            wrong.append(f"{hand.counter.device}: holds {held.seq} of {len(hand.written)}")
        entries = hand.counter.whole_feed()
        if [entry.position for entry in entries] != list(range(1, len(entries) + 1)):
            wrong.append(f"{hand.counter.device}: a hole in the feed")
        own = [entry.body["seq"] for entry in entries
               if entry.kind == "operation" and entry.body["device"] == hand.counter.device]
        if own != list(range(1, len(hand.written) + 1)):
            wrong.append(f"{hand.counter.device}: its feed is not its journal")
        order = [(entry.kind, entry.body.get("device"), entry.body.get("seq")) for entry in entries]
        if feeds.setdefault(hand.counter.office, order) != order:
            wrong.append(f"{hand.counter.device}: another order than its neighbour's")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill gateways and their database under pushing counters.")
    parser.add_argument("--pushes", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qmc-storm-") as folder, running_postgres(settings=SETTINGS) as server:
        found = run(chosen.pushes, chosen.seed, Path(folder), server)
    print(f"{found.pushes} pushes, {found.operations} operations, {dict(found.faults)}, "
          f"{found.again} requests sent again")
    for each in found.wrong:
        print("WRONG:", each)
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
