"""Record what this program says and hears: `python -m tests.sync.compat.record FOLDER`.

A real gateway process, real counters, a small story with every message in it. Uses only what releases have had
from the first on: the set of an older one is recorded by putting this folder into its tree.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.body import to_body
from app.domain.catalogue_codec import dump_catalogue
from app.domain.digitised import DigitisedStatus, Document, PaperAbout, QualityCheck
from app.domain.identifiers import uuid7
from app.domain.operation import Type
from app.domain.vietnam_time import local
from app.services import courier
from app.store import journal, projection
from sync.contract import files as tus
from sync.contract import paths
from sync.contract.codec import dumps
from sync.contract.messages import EnrolRequest, Hello, NewEpoch, b64, enrol_text, epoch_text
from sync.gateway import posts
from sync.gateway.times import stamp
from tests.sync.client.fault_proxy import BROKEN_SERVER, PASS, Asked, FaultProxy
from tests.sync.client.scans import scan
from tests.sync.client.trial import Counter, Place, Trial, trial_province
from tests.sync.compat.golden_set import (
    KEPT_ANSWER,
    KEPT_REQUEST,
    KEY_FILE,
    OPERATIONS,
    SQLITE_FILE,
    Exchange,
    Machine,
    Message,
    Posted,
    Story,
    as_sql,
    save,
)

try:
    from tests.sync.compat import other_roads
except ImportError:                                # a release that knows no second copy and no bundles
    other_roads = None  # type: ignore[assignment]

try:
    from tests.sync.compat import money
except ImportError:                                # a release that takes no money
    money = None  # type: ignore[assignment]

try:
    from tests.sync.compat import flight
except ImportError:                                # a release that sends one batch after the other
    flight = None  # type: ignore[assignment]

POISON = "độc-hại"
SCAN = scan(300)
NEXT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
"""Of the epoch that the story's first machine begins at its end."""


@dataclass
class Tape(FaultProxy):
    """Notes what the gateway was really asked and what it answered."""

    stage: str = "enrol"
    heard: list[Exchange] = field(default_factory=list)

    def forward(self, raw: bytes) -> bytes:
        answer = super().forward(raw)
        line, asked = _message(raw, KEPT_REQUEST)
        method, path, _ = line.split(" ", 2)
        status, answered = _message(answer, KEPT_ANSWER)
        self.heard.append(Exchange(self.stage, method, path, asked, int(status.split(" ")[1]), answered))
        return answer


def _message(raw: bytes, kept: frozenset[str]) -> tuple[str, Message]:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
    return first, Message({name: headers[name] for name in sorted(headers) if name in kept}, body)


def record(folder: Path, release: str) -> Story:
    """Tell the story and write it to `folder`, which must not be there yet."""
    with tempfile.TemporaryDirectory(prefix="qmc-record-") as place:
        data = Path(place) / "gateway"
        with trial_province(data, None) as trial, Tape(trial.process.url) as tape:
            trial.process.url = tape.url
            told = _Telling(trial, tape, Path(place))
            story = told.tell(release)
        save(folder, story, told.database)
        if told.roads is not None:
            told.roads.keep(folder)
    return story


class _Telling:
    """The story; `database` is the province's before its first stage, `roads` what goes round the line."""

    def __init__(self, trial: Trial, tape: Tape, folder: Path) -> None:
        self.trial, self.tape, self.folder = trial, tape, folder
        self.database = ""
        self.posted: list[Posted] = []
        self.roads: other_roads.Roads | None = None

    def tell(self, release: str) -> Story:
        trial, tape, folder = self.trial, self.tape, self.folder
        now = datetime.now(UTC)
        place = trial.place(counters=4)
        trial.keep_package("catalogue", "thử-2", date(2026, 1, 1),
                           dump_catalogue(replace(place.catalogue, version="thử-2")))
        names = {"one": "Quầy 1", "two": "Quầy 2", **({"three": "Quầy 4"} if other_roads else {})}
        counters = {name: _enrolled(tape, place, folder / name, counter) for name, counter in names.items()}
        self.database = as_sql(trial.process.data / SQLITE_FILE)
        key = (trial.process.data / KEY_FILE).read_bytes()
        if other_roads:
            three = counters["three"][0]
            _file_scan(three, three.receive(2)[0])
            self.roads = other_roads.go(three, folder / "roads", key, self.database)
        one = counters["one"][0]
        self._say_by_line(place, one, counters["two"][0])
        if self.roads:
            tape.stage = "second copy"
            other_roads.hand_in(one, self.roads.medium)
        machines = {name: _machine(counter, code) for name, (counter, code) in counters.items()}
        _by_hand(tape, trial, place, one)
        for counter, _ in counters.values():
            counter.close()
        return Story(release, now.isoformat(), place.office, b64(key), b64(SCAN), machines, tuple(self.posted),
                     tuple(tape.heard))

    def _say_by_line(self, place: Place, one: Counter, two: Counter) -> None:
        tape = self.tape
        tape.stage = "first"
        first, second = one.receive(2)
        _file_scan(one, first)
        _write(one, "thử.nghiệm", {"code": first, "ghi_chú": "một loại mà tỉnh chưa biết"})
        slip = money.take(one) if money else ""
        _good(one.sync())
        tape.stage = "neighbour"
        two.receive(1)
        _good(two.sync())
        self._post("post_status", first, "4")
        self._post("post_alias", second, "000.00.01.H99-261122-9001")
        self._post("post_notice", place.office, "tb-1", "Thông báo thử", "Nội dung thử.")
        if slip:
            self._post("post_receipt", slip, *money.RECEIPT)
        tape.stage = "second"
        _good(one.sync())
        if flight:
            tape.stage = "flight"
            _good(flight.fly(one))
        tape.stage = "sealed"
        one.receive(1, change=lambda intake: replace(intake, note=POISON))
        tape.rule = lambda asked: BROKEN_SERVER if _is_poisoned(asked) else PASS
        one.sync()
        tape.rule = lambda asked: PASS

    def _post(self, what: str, *words: str) -> None:
        """An operator's word, before stage "second"."""
        with self.trial.opened.database.writing() as connection:
            getattr(posts, what)(connection, *words, stamp(datetime.now(UTC)))
        self.posted.append(Posted("second", what, words))


def _by_hand(tape: Tape, trial: Trial, place: Place, one: Counter) -> None:
    """What no counter says in a good week: a restored disk, a new epoch, and every kind of no."""
    enrolled = one.office.application.enrolled
    page = {"incarnation": trial.opened.incarnation, "position": 0}
    ask = _asker(tape.url, _token(one), one)
    tape.stage = "answers"
    sha256 = next(each.path for each in tape.heard if each.method == "PATCH").rpartition("/")[2]
    ask("GET", paths.HEALTH)
    ask("HEAD", tus.FILE.format(sha256=sha256), headers={tus.TUS_RESUMABLE: tus.TUS})
    ask("GET", paths.PACKAGES.format(kind="catalogue", version="thử-2"))
    ask("GET", paths.PACKAGES.format(kind="catalogue", version="không-có"))
    ask("GET", "/v1/nothing")
    ask("POST", paths.HELLO, data=b"{")
    ask("POST", paths.PUSH, data=b'{"protocol": 1}\n')
    ask("GET", f"{paths.FEED}?{urlencode(page | {'incarnation': 'khác'})}")
    ask("GET", f"{paths.FEED}?{urlencode(page | {'position': 10**6})}")
    ask("GET", f"{paths.OPERATIONS}?epoch=7&after=0")
    requests.get(f"{tape.url}{paths.FEED}?{urlencode(page)}", headers={"Authorization": "Bearer ai"}, timeout=60)
    tape.stage = "late"
    _enrol_by_hand(tape, trial.code(place.office, "Quầy 3"), "Quầy 3")
    _enrol_by_hand(tape, "AAAA-AAAA-AAAA", "Quầy 4")
    tape.stage = "restored"
    hello = Hello(enrolled.device, 1, None, None, None, "0.1.0", {"operation": 1}, stamp(datetime.now(UTC)))
    ask("POST", paths.HELLO, data=dumps(hello))
    ask("GET", f"{paths.OPERATIONS}?epoch=1&after=0&limit=500")
    public = b64(NEXT_KEY.public_key().public_bytes_raw())
    wanted = NewEpoch("yêu-cầu-1", 1, "behind", public,
                      b64(NEXT_KEY.sign(epoch_text("yêu-cầu-1", 1, public).encode())))
    answer = ask("POST", paths.EPOCH, data=dumps(wanted)).json()
    tape.stage = "new epoch"
    ask("POST", paths.HELLO, data=dumps(hello))    # with the token of the epoch that ended
    anew = _asker(tape.url, answer["token"], one, key=NEXT_KEY, epoch=answer["epoch"])
    anew("POST", paths.HELLO, data=dumps(replace(hello, epoch=answer["epoch"])))
    anew("GET", f"{paths.FEED}?{urlencode(page)}")
    anew("POST", tus.HAVE, data=dumps(tus.Have((sha256,))))


def _enrolled(tape: Tape, place: Place, folder: Path, counter: str) -> tuple[Counter, str]:
    found = place.enrol(folder, counter, url=place.trial.url)
    asked = next(each for each in reversed(tape.heard) if each.path == paths.ENROL)
    return found, str(json.loads(asked.asked.body)["code"])


def _machine(counter: Counter, code: str) -> Machine:
    enrolled = counter.office.application.enrolled
    return Machine(enrolled.name, enrolled.device, enrolled.epoch, enrolled.key.private_bytes_raw().hex(),
                   _token(counter), code, counter.office.application.book_key.hex())


def _token(counter: Counter) -> str:
    with counter.office.application.database.reading() as connection:
        gateway = courier.gateway_of(connection)
    assert gateway is not None
    return gateway.token


def _file_scan(counter: Counter, code: str) -> None:
    """A paper of that dossier with one document, in the words of its operation."""
    blob = counter.office.application.blobs.put(SCAN, "application/pdf")
    _write(counter, Type.PAPER_DIGITISED, {
        "code": code, "requirement": "1", "version": 1, "status": int(DigitisedStatus.DIGITISED),
        "about": to_body(PaperAbout(name="Tờ khai (Mẫu thử)", digitised_by="Trần Thị Mẫu")),
        "checks": to_body(QualityCheck(is_complete=True, is_readable=True, is_right_person=True)),
        "documents": [to_body(Document(blob.sha256, blob.size, blob.mime, 1))],
        "attachments": [{"sha256": blob.sha256, "size": blob.size, "mime": blob.mime}],
    })


def _write(counter: Counter, kind: str, body: dict[str, Any]) -> None:
    application = counter.office.application
    now = application.clock.now()
    with application.database.writing() as connection:
        operation = journal.append(
            connection, application.enrolled.author(application.enrolled.clerks[0], "cong-an"),
            journal.Event(op_id=uuid7(now, counter.office.noise.randbytes), type=kind, intent=f"ghi-{kind}",
                          body=body, now=now, business_date=local(now).date()),
        )
        projection.apply(connection, operation, is_own=True)


def _is_poisoned(asked: Asked) -> bool:
    return asked.path == paths.PUSH and POISON.encode() in asked.plain


def _good(said: Any) -> None:
    if not said.is_good or said.waiting:
        raise SystemExit(f"the story went wrong: {said}")


def _enrol_by_hand(tape: Tape, code: str, counter: str) -> None:
    key = Ed25519PrivateKey.generate()
    public = b64(key.public_key().public_bytes_raw())
    asked = EnrolRequest(code, f"PC {counter}", public, b64(key.sign(enrol_text(code, public).encode())), "0.1.0",
                         "thử")
    requests.post(tape.url + paths.ENROL, data=dumps(asked), timeout=60)


Ask = Callable[..., requests.Response]


def _asker(url: str, token: str, counter: Counter, *, key: Ed25519PrivateKey | None = None, epoch: int = 1) -> Ask:
    """Requests with a token, signed where this release signs."""
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    try:
        from sync.signing import ProvinceTime, SignedBearer, Signer
    except ImportError:                            # a release that does not know signatures
        session.headers["Authorization"] = f"Bearer {token}"
    else:
        enrolled = counter.office.application.enrolled
        signer = Signer(enrolled.device, epoch, key or enrolled.key, ProvinceTime(datetime.now(UTC)))
        session.auth = SignedBearer(token, signer)
    return lambda method, path, **more: session.request(method, url + path, timeout=60, **more)


def record_texts(folder: Path) -> None:
    """The shortest operation of each type that the tests of the services write; takes some minutes."""
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.sync.compat.texts",
         "tests/app/services"],
        check=True, env={**os.environ, "QMC_TEXTS": str((folder / OPERATIONS).resolve())},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--release", default="")
    chosen = parser.parse_args()
    story = record(chosen.folder, chosen.release or chosen.folder.name)
    record_texts(chosen.folder)
    sys.stdout.write(f"{len(story.exchanges)} exchanges in {chosen.folder}\n")


if __name__ == "__main__":
    main()
