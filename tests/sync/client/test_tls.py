"""The line is TLS 1.3 with the one CA that is pinned, at both ends, whatever this machine believes besides."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.errors import Refusal
from app.services import second_copy as known
from app.services.feed import Cursor, start_feed
from app.store.settings import write_setting
from sync.client import GatewayClient
from sync.contract.messages import Hello
from sync.enrol import enrol_counter
from sync.errors import CallPerson
from sync.gateway.process import GatewayProcess
from sync.pinning import pin_ca, pinned_ca
from sync.second_copy.disk import MediumDisk
from sync.second_copy.forward import forward_to_province
from sync.second_copy.keeper import Keeper
from sync.second_copy.medium import make_medium
from tests.office import Office, SetClock, office_in, sample_intake
from tests.own_ca import OwnCa, own_ca
from tests.sync.client.trial import fresh_office

HELLO = Hello("d", 1, None, None, None, "0", {}, "2026-11-23T02:00:00.000+00:00")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, OwnCa, OwnCa]]:
    """A gateway process that serves TLS: its URL, its CA, and another CA."""
    folder = tmp_path_factory.mktemp("tls")
    ours, other = own_ca(folder, "ours"), own_ca(folder, "other")
    gateway = GatewayProcess(folder / "gateway")
    gateway.options = ["--tls-cert", str(ours.certificate), "--tls-key", str(ours.key)]
    gateway.start()
    yield gateway.url, ours, other
    gateway.kill9()                                # it would wait for lines that were left half open here


def said(url: str, ca: Path | None) -> str:
    """The code with which a hello ends: "not_enrolled" is the gateway's own word."""
    with GatewayClient(url, "t", ca_file=str(ca) if ca else None) as client, pytest.raises(CallPerson) as word:
        client.hello(HELLO)
    return word.value.code


def test_the_pinned_ca_and_no_other_vouches_for_the_gateway(
    served: tuple[str, OwnCa, OwnCa], monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, ours, other = served
    assert url.startswith("https://")
    assert said(url, ours.ca) == "not_enrolled"
    assert said(url, other.ca) == said(url, None) == "tls_refused"
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(ours.ca))
    assert said(url, other.ca) == "tls_refused", "what this machine believes besides opens no pin"


def test_a_certificate_for_another_address_is_refused(served: tuple[str, OwnCa, OwnCa]) -> None:
    url, ours, _ = served
    assert said(url.replace("127.0.0.1", "localhost"), ours.ca) == "tls_refused"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_gateway_speaks_nothing_older(served: tuple[str, OwnCa, OwnCa], version: ssl.TLSVersion) -> None:
    url, ours, _ = served
    context = ssl.create_default_context(cafile=str(ours.ca))
    context.minimum_version = context.maximum_version = version
    port = int(url.rsplit(":", 1)[1])

    def spoken() -> str | None:
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
        ):
            return line.version()

    if version is ssl.TLSVersion.TLSv1_3:
        assert spoken() == "TLSv1.3"
    else:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            spoken()


def test_the_counter_speaks_to_nothing_older(tmp_path: Path) -> None:
    ours = own_ca(tmp_path, "old")
    for version, code in ((ssl.TLSVersion.TLSv1_2, "tls_refused"), (ssl.TLSVersion.TLSv1_3, "not_enrolled")):
        with _answering(ours, version) as url:
            assert said(url, ours.ca) == code


def test_a_key_that_is_missing_is_said_before_anything_is_served(tmp_path: Path) -> None:
    ours = own_ca(tmp_path, "half")
    done = subprocess.run(
        [sys.executable, "-m", "sync.gateway", "--data", str(tmp_path / "g"), "--port", "0",
         "--tls-cert", str(ours.certificate), "--tls-key", str(tmp_path / "none")],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1 and '"tls_files"' in done.stdout


@contextmanager
def _answering(own: OwnCa, version: ssl.TLSVersion) -> Iterator[str]:
    """A server that speaks one version of TLS and says to everybody that it does not know them."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own.certificate, own.key)
    context.minimum_version = context.maximum_version = version
    body = b'{"code":"not_enrolled","status":401}'
    answer = b"HTTP/1.1 401 X\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            plain, _ = listener.accept()
            with plain, suppress(OSError), context.wrap_socket(plain, server_side=True) as line:
                line.recv(65_536)
                line.sendall(answer)
                while line.recv(65_536):           # closed over something unread, it would break the answer off
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_a_pinned_ca_is_kept_beside_the_book_and_a_wrong_file_is_refused(
    served: tuple[str, OwnCa, OwnCa], tmp_path: Path,
) -> None:
    url, ours, other = served
    office = fresh_office(tmp_path / "book", SetClock())
    database = office.application.database
    try:
        pin_ca(database, other.ca)
        with GatewayClient(url, ca_file=pinned_ca(database)) as client:
            assert not client.is_there()
        pin_ca(database, ours.ca)
        with GatewayClient(url, ca_file=pinned_ca(database)) as client:
            assert client.is_there()
        (tmp_path / "no.pem").write_text("không phải chứng thư")
        with pytest.raises(Refusal, match="ca_unreadable"):
            pin_ca(database, tmp_path / "no.pem")
        assert Path(str(pinned_ca(database))).read_bytes() == ours.ca.read_bytes()
    finally:
        office.application.close()


def test_enrolment_and_a_second_copy_go_only_to_whom_the_pinned_ca_vouches_for(
    served: tuple[str, OwnCa, OwnCa], tmp_path: Path,
) -> None:
    url, ours, other = served
    with office_in(tmp_path / "book") as office:
        database, clock = office.application.database, office.application.clock
        stick = _second_copy_of(office, tmp_path)
        with database.writing() as connection:
            write_setting(connection, "gateway", {"url": url, "token": "t"})
            start_feed(connection, Cursor("một đời", 0))

        def enrol() -> object:
            with GatewayClient(url) as client:
                return enrol_counter(database, client, url, "AB12-CDEF-GHJK", device_name="PC", clock=clock)

        for ca, of_enrolment, of_records in (
            (other.ca, "tls_refused", "tls_refused"), (ours.ca, "code_wrong", "not_enrolled"),
        ):
            pin_ca(database, ca)
            with pytest.raises(CallPerson, match=of_enrolment):
                enrol()
            with pytest.raises(CallPerson, match=of_records):
                forward_to_province(database, clock, stick)


def _second_copy_of(office: Office, folder: Path) -> Path:
    """A medium with one dossier on it."""
    stick, application = folder / "stick", office.application
    stick.mkdir()
    medium = make_medium(stick, application.enrolled.device, application.clock.now(), MediumDisk())
    with application.database.writing() as connection:
        known.choose(connection, stick, medium.id)
    office.receive(sample_intake("một"))
    Keeper(application.database, application.book_key, application.clock).keep()
    return stick
