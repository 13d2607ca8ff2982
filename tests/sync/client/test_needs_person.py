"""When sending must stop until somebody has looked: nothing is deleted, nothing doubled, capture goes on."""

from __future__ import annotations

import itertools
import shutil
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app.errors import Refusal
from app.services.counter import load_counter
from app.services.feed import Cursor, read_cursor, start_feed
from app.services.outside_view import alarms
from app.services.standing import ask_new_epoch
from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.contract import paths
from sync.enrol import enrol_counter
from sync.errors import CallPerson
from sync.gateway.adoption import adopt_branch
from sync.gateway.tables import branches, devices
from sync.gateway.times import stamp
from tests.office import reopen
from tests.sync.client.fault_proxy import DROP_BEFORE, PASS, Asked, FaultProxy, Rule
from tests.sync.client.trial import Counter, Trial, trial_province

Enrol = Callable[..., Counter]


def stopped(counter: Counter, code: str, waiting: int, *, may_receive: bool = True) -> None:
    """Sending is stopped for `code`; whatever is received meanwhile waits and is counted, or is refused."""
    for turn in range(2):
        said = counter.sync()
        expected = waiting + turn if may_receive else waiting
        assert (said.problem, said.needs_person, said.sent, said.waiting) == (code, True, 0, expected)
        if may_receive:
            counter.receive()
        else:
            with pytest.raises(Refusal, match="numbers_stopped"):
                counter.receive()
    application = counter.office.application
    with application.database.reading() as connection:
        found = alarms(connection, application.enrolled, application.rules.calendar, "key_store",
                       counter.office.clock.now())
    alarm = "sync_stopped" if may_receive else "numbers_stopped"
    assert (alarm, code) in {(each.code, each.values.get("code")) for each in found}


def kept_beside(trial: Trial, counter: Counter) -> int:
    device = counter.office.application.enrolled.device
    with trial.opened.database.reading() as connection:
        return len(connection.execute(branches.select().where(branches.c.device == device)).all())


def copied_book(counter: Counter, folder: Path, to: Path) -> Counter:
    """The disk of this counter as it stands, opened on another machine (or later, after a restore)."""
    counter.close()
    shutil.copytree(folder, to)
    office = counter.office
    again = reopen(folder, office.province, office.clock, seed=5)
    counter.office.application = again.application
    # Its next forms are other forms.
    return Counter(counter.place, reopen(to, office.province, office.clock, seed=6), itertools.count(1000))


@pytest.fixture
def counter_and_folder(enrol: Enrol, tmp_path: Path) -> tuple[Counter, Path]:
    return enrol(), tmp_path / "counter-0"


def test_an_older_disk_gets_its_own_work_back_and_goes_on_with_other_numbers(
    trial: Trial, counter_and_folder: tuple[Counter, Path], tmp_path: Path,
) -> None:
    counter, folder = counter_and_folder
    codes, before = counter.receive(3), counter.epoch
    counter.sync()
    old_disk = copied_book(counter, folder, tmp_path / "image")
    codes += counter.receive(4)
    counter.sync()
    said = old_disk.sync()
    assert (said.problem, said.recovered, said.waiting) == ("", 4, 0)
    old_disk.reread()
    assert old_disk.epoch > before
    assert old_disk.outbox().confirmed_dossiers == 7
    codes += old_disk.receive(2)
    assert old_disk.sync().sent == 2
    assert trial.report(counter.place.office)["codes"] == sorted(set(codes)), "no number was given twice"
    # Two disks cannot be the same counter: the one that was not restored is told so.
    stopped(counter, "stale_epoch", 0, may_receive=False)
    old_disk.close()


def test_a_copied_machine_is_noticed_as_a_fork_and_both_branches_are_kept(
    trial: Trial, counter_and_folder: tuple[Counter, Path], tmp_path: Path,
) -> None:
    counter, folder = counter_and_folder
    counter.receive(3)
    counter.sync()
    twin = copied_book(counter, folder, tmp_path / "copy")
    counter.receive(2)
    twin.receive(2)
    counter.sync()
    stopped(twin, "fork", 2, may_receive=False)
    assert twin.written() == 5, "nothing of the twin's own is deleted"
    assert trial.report(counter.place.office)["dossiers"] == 5
    assert kept_beside(trial, counter) == 2, "nor of either at the province"
    twin.close()


def test_after_a_fork_a_person_begins_anew_and_the_branch_waits_to_be_adopted(
    trial: Trial, counter_and_folder: tuple[Counter, Path], tmp_path: Path,
) -> None:
    counter, folder = counter_and_folder
    counter.receive(3)
    counter.sync()
    twin = copied_book(counter, folder, tmp_path / "copy")
    counter.receive(2)
    ours = twin.receive(2)
    counter.sync()
    forked = twin.epoch
    for _ in range(2):
        assert twin.sync().problem == "fork"
    with twin.office.application.database.writing() as connection:
        ask_new_epoch(connection)
    said = twin.sync()
    assert (said.problem, said.waiting) == ("", 2), "what lies beside the chain is still counted"
    twin.reread()
    later = twin.receive(1)
    assert twin.sync().sent == 1
    device = twin.office.application.enrolled.device
    with trial.opened.database.writing() as connection:
        adopt_branch(connection, device, forked, stamp(datetime.now(UTC)))
    said = twin.sync()
    assert (said.problem, said.waiting) == ("", 0)
    held = trial.report(counter.place.office)
    assert set(later) <= set(held["codes"]) and held["operations"] == 8
    assert len(ours) == 2
    twin.close()


def test_a_fork_in_the_middle_of_a_push_stops_there(
    trial: Trial, counter_and_folder: tuple[Counter, Path], tmp_path: Path,
) -> None:
    counter, folder = counter_and_folder
    counter.receive(1)
    counter.sync()
    twin = copied_book(counter, folder, tmp_path / "copy")
    twin.receive(3)
    counter.receive(1)
    # Both say hello before either has pushed: only the push itself can tell.
    with FaultProxy(trial.url) as line:
        twin.move(line.url)

        def meanwhile(asked: Asked) -> Rule:
            if asked.path == paths.PUSH and counter.outbox().unsent:
                counter.sync()
            return PASS

        line.rule = meanwhile
        said = twin.sync()
    assert (said.problem, said.needs_person, said.waiting) == ("fork", True, 3)
    twin.move(trial.url)
    twin.sync()
    assert kept_beside(trial, counter) == 3, "all of the branch lies beside the chain"
    twin.close()


def test_a_replaced_machine_is_told_so_and_its_last_work_is_not_lost_from_sight(
    trial: Trial, enrol: Enrol,
) -> None:
    place = trial.place()
    old = enrol(place)
    old.receive(2)
    old.sync()
    old.receive(1)
    new = enrol(place)                                 # another PC at the same counter: a new epoch
    assert new.epoch > old.epoch
    stopped(old, "stale_epoch", 1, may_receive=False)
    codes = new.receive(2)
    assert new.sync().problem == ""
    assert len(set(codes) | set(trial.report(place.office)["codes"])) == 4, "other numbers than the old one's"
    old.enrol_again()                                  # the old PC is mended and takes its place again
    assert old.epoch > new.epoch
    assert old.outbox().unsent_dossiers == 1
    said = old.sync()
    assert (said.problem, said.sent, said.waiting) == ("", 1, 0)
    assert len(trial.report(place.office)["codes"]) == 5


def test_a_revoked_machine_is_told_so(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.receive()
    with trial.opened.database.writing() as connection:
        connection.execute(
            devices.update().where(devices.c.id == counter.office.application.enrolled.device)
            .values(revoked_upto=counter.epoch)
        )
    stopped(counter, "device_revoked", 1)


def test_a_token_that_nobody_knows_is_told_so(enrol: Enrol) -> None:
    counter = enrol()
    counter.receive()
    with counter.office.application.database.writing() as connection:
        write_setting(connection, "gateway", {"url": counter.place.trial.url, "token": "sai"})
    stopped(counter, "not_enrolled", 1)


def test_a_key_the_province_does_not_know_stops_at_the_first_request(trial: Trial, enrol: Enrol) -> None:
    counter = enrol()
    counter.receive(2)
    counter.sync()
    application = counter.office.application
    with application.database.writing() as connection:
        device = {"id": application.enrolled.device, "epoch": counter.epoch, "key": "11" * 32}
        write_setting(connection, "device", device)    # the device key was lost and made anew by hand
        other = load_counter(connection)
    assert other is not None
    counter.office.application = replace(application, counter=other)
    counter.receive(1)
    stopped(counter, "signature_wrong", 1)


def test_a_province_of_another_incarnation_is_told_what_waits_and_doubles_nothing(
    trial: Trial, enrol: Enrol,
) -> None:
    counter = enrol()
    codes = counter.receive(5)
    counter.sync()
    trial.restore("khôi-phục-1")                       # another incarnation; here it kept all operations
    codes += counter.receive(2)
    assert counter.sync_until_quiet() <= 2
    assert trial.report(counter.place.office)["codes"] == sorted(codes)


def test_another_province_with_nothing_of_ours_deletes_nothing_here(
    trial: Trial, enrol: Enrol, tmp_path: Path,
) -> None:
    """Its gateway knows no such counter: sending stops, all that was confirmed stays, nothing is taken from it."""
    counter = enrol()
    counter.receive(3)
    counter.sync()
    with trial_province(tmp_path / "other", None) as foreign:
        counter.move(foreign.url)
        stopped(counter, "not_enrolled", 0)
    counter.move(trial.url)
    assert counter.sync().sent == 2
    assert counter.outbox().dossiers == 5


def test_an_emptied_province_makes_all_wait_again_and_gets_all(trial: Trial, enrol: Enrol) -> None:
    """`have` falls behind what was confirmed: those count as unsent again, at once and visibly."""
    counter = enrol()
    codes = counter.receive(4)
    counter.sync()
    def forgot(asked: Asked) -> Rule:
        if asked.path != paths.HELLO:
            return DROP_BEFORE
        head, _, body = line.forward(asked.raw).partition(b"\r\n\r\n")
        emptied = body.replace(b'"seq":4', b'"seq":0')
        assert emptied != body
        return Rule("answer", answer=head + b"\r\n\r\n" + emptied)

    with FaultProxy(trial.url) as line:
        line.rule = forgot
        counter.move(line.url)
        said = counter.sync()
    assert (said.waiting, counter.outbox().confirmed_dossiers) == (4, 0)
    counter.move(trial.url)
    said = counter.sync()
    assert (said.problem, said.waiting) == ("", 0)
    assert trial.report(counter.place.office)["codes"] == sorted(codes)


def test_a_certificate_nobody_vouches_for_calls_a_person(tmp_path: Path) -> None:
    with (
        tls_listener(tmp_path) as url,
        GatewayClient(url) as client,
        pytest.raises(CallPerson, match="tls_refused"),
    ):
        client.feed("nhà-1", 0)


@contextmanager
def tls_listener(folder: Path) -> Iterator[str]:
    """Somebody with a certificate of his own making who answers one call."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "giả")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "own.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            line, _ = listener.accept()
            with line, suppress(OSError):              # the client hangs up in the middle of the handshake
                context.wrap_socket(line, server_side=True).close()

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_a_code_of_another_counter_is_refused_and_changes_nothing_there(trial: Trial, enrol: Enrol) -> None:
    place = trial.place(counters=2)
    first, second = enrol(place, "Quầy 1"), enrol(place, "Quầy 2")
    code = trial.code(place.office, "Quầy 2")
    application = first.office.application
    with GatewayClient(trial.url) as client, pytest.raises(CallPerson, match="wrong_counter"):
        enrol_counter(application.database, client, trial.url, code, device_name="PC", clock=first.office.clock)
    assert first.sync().problem == second.sync().problem == ""


def test_a_province_put_back_without_being_told_stops_the_line_and_calls_a_person(
    trial: Trial, enrol: Enrol,
) -> None:
    counter = enrol()
    counter.receive(2)
    counter.sync()
    with counter.office.application.database.writing() as connection:
        held = read_cursor(connection)
        assert held is not None
        start_feed(connection, Cursor(held.incarnation, held.position + 3))
    stopped(counter, "feed_went_back", 0)
