"""Network scanners are heard by mDNS, asked what they can do, and listed once."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from zeroconf import ServiceInfo, Zeroconf

from app.devices.scanning.escl import EsclPageSource
from app.devices.scanning.escl.discovery import (
    ENCRYPTED,
    PLAIN,
    Announced,
    announced_scanners,
    one_each,
    read_announcement,
)
from app.devices.scanning.escl.source import LISTEN_SECONDS
from app.devices.scanning.port import Source, SourceKind
from app.domain.scanning import Feed
from tests.escl_scanner import EsclScanner, escl_scanner

TXT = {
    "rs": "eSCL", "ty": "Máy quét Mẫu 60", "is": "platen,adf", "cs": "color,grayscale", "duplex": "T",
    "UUID": "AB-1",
}
EVERY = (Feed.FLATBED, Feed.FEEDER, Feed.DUPLEX)


def announcement(
    kind: str = PLAIN, addresses: Sequence[str] = ("192.168.1.20",), port: int = 80, **txt: str | None,
) -> ServiceInfo:
    said = {name: value for name, value in (TXT | txt).items() if value is not None}
    return ServiceInfo(
        kind, f"Máy quét tầng 1.{kind}", port=port, properties=said, server="mau.local.",
        addresses=[
            socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
            for address in addresses
        ],
    )


@contextmanager
def announced(*infos: ServiceInfo) -> Iterator[None]:
    """Said aloud on loopback, and unsaid again."""
    voice = Zeroconf(interfaces=["127.0.0.1"])
    try:
        for info in infos:
            voice.register_service(info, cooperating_responders=True)
        yield
    finally:
        voice.unregister_all_services()
        voice.close()


def listed(scanner: EsclScanner, name: str = "Máy quét Mẫu 60") -> Source:
    return Source(scanner.source, name, SourceKind.ESCL, EVERY)


def test_a_scanner_that_announces_itself_twice_is_heard_once_encrypted_first() -> None:
    with announced(announcement(addresses=["127.0.0.1"], port=8080),
                   announcement(ENCRYPTED, addresses=["127.0.0.1"], port=8443)):
        heard = announced_scanners(LISTEN_SECONDS)
    urls = ("https://127.0.0.1:8443/eSCL/", "http://127.0.0.1:8080/eSCL/")
    assert Announced("Máy quét Mẫu 60", "ab-1", urls, EVERY, True) in heard
    assert [one.uuid for one in heard].count("ab-1") == 1


@pytest.mark.parametrize(("changes", "feeds", "is_colour"), [
    ({}, EVERY, True),
    ({"duplex": "F"}, (Feed.FLATBED, Feed.FEEDER), True),
    ({"is": "adf", "duplex": None, "cs": "grayscale,binary"}, (Feed.FEEDER,), False),
    ({"is": "platen", "cs": None}, (Feed.FLATBED,), True),
    ({"is": None}, (), True),
])
def test_an_announcement_says_what_the_scanner_has(
    changes: dict[str, str | None], feeds: tuple[Feed, ...], is_colour: bool,
) -> None:
    found = read_announcement(announcement(**changes))
    assert found is not None
    assert (found.feeds, found.is_colour) == (feeds, is_colour)


@pytest.mark.parametrize(("addresses", "rs", "url"), [
    (["192.168.1.20"], "eSCL", "http://192.168.1.20/eSCL/"),
    (["192.168.1.20"], "/scan/eSCL/", "http://192.168.1.20/scan/eSCL/"),
    (["192.168.1.20"], None, "http://192.168.1.20/eSCL/"),
    (["192.168.1.20"], "", "http://192.168.1.20/"),
    (["fd00::7", "192.168.1.20"], "eSCL", "http://192.168.1.20/eSCL/"),
    (["fe80::7", "fd00::7"], "eSCL", "http://[fd00::7]/eSCL/"),
])
def test_it_is_reached_where_the_announcement_says(addresses: list[str], rs: str | None, url: str) -> None:
    found = read_announcement(announcement(addresses=addresses, rs=rs))
    assert found is not None
    assert found.urls == (url,)


@pytest.mark.parametrize(("addresses", "rs", "port"), [
    (["192.168.1.20"], "../admin", 80),
    (["192.168.1.20"], "eSCL?x", 80),
    (["192.168.1.20"], "eSCL\r\nX: y", 80),
    (["192.168.1.20"], "@evil.example/x", 80),
    (["192.168.1.20"], "eSCL", 0),
    (["fe80::7"], "eSCL", 80),
    ([], "eSCL", 80),
])
def test_an_announcement_that_leads_nowhere_is_left_out(addresses: list[str], rs: str, port: int) -> None:
    assert read_announcement(announcement(addresses=addresses, rs=rs, port=port)) is None


def test_two_scanners_of_one_kind_stay_two() -> None:
    one = Announced("Mẫu", "a", ("http://192.168.1.20/eSCL/",), EVERY, True)
    other = Announced("Mẫu", "b", ("http://192.168.1.21/eSCL/",), EVERY, True)
    assert one_each([other, one]) == (one, other)


def test_a_typed_address_is_listed_when_it_answers(tmp_path: Path) -> None:
    with escl_scanner() as first, escl_scanner(tls=tmp_path) as second, escl_scanner() as off:
        gone = off.url
        off_listed = EsclPageSource([gone, "không phải địa chỉ"], listen=lambda seconds: ()).list_sources()
        found = EsclPageSource([first.url, second.url], listen=lambda seconds: ()).list_sources()
    assert off_listed == (listed(off),)
    assert found == (listed(first), listed(second))
    assert EsclPageSource([gone], listen=lambda seconds: ()).list_sources() == ()


def test_a_scanner_that_is_announced_and_typed_is_listed_once() -> None:
    with escl_scanner() as scanner:
        told = Announced("Tên trên mạng", scanner.uuid, (scanner.url,), (), False)
        assert EsclPageSource([scanner.url], listen=lambda seconds: [told]).list_sources() == (listed(scanner),)


def test_an_announced_scanner_is_asked_and_its_broken_encryption_is_passed_over() -> None:
    with escl_scanner() as scanner:
        encrypted = scanner.url.replace("http:", "https:")
        told = Announced("Tên trên mạng", "u", (encrypted, scanner.url), (), False)
        assert EsclPageSource(listen=lambda seconds: [told]).list_sources() == (listed(scanner, "Tên trên mạng"),)


def test_a_scanner_that_sleeps_is_taken_at_its_word_and_a_mere_printer_is_left_out() -> None:
    with escl_scanner() as off, escl_scanner(capabilities=b"<ScannerCapabilities/>") as printer:
        asleep = off.url
        off.capabilities = b"?"
        told = [
            Announced("Ngủ", "u", (asleep,), (Feed.FEEDER,), False),
            Announced("In", "v", (printer.url,), EVERY, True),
        ]
        found = EsclPageSource(listen=lambda seconds: told).list_sources()
    assert found == (Source(off.source, "Ngủ", SourceKind.ESCL, (Feed.FEEDER,), False),)


def test_without_a_network_nothing_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(**_: object) -> Zeroconf:
        raise OSError("Network is unreachable")

    monkeypatch.setattr("app.devices.scanning.escl.discovery.Zeroconf", unreachable)
    assert announced_scanners(1.0) == ()
