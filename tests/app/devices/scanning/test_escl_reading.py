"""What a network scanner says, read with care: its XML, status and addresses, the first bytes of its pages."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.scanning.escl.address import is_in_the_office, job_url, read_address, source_id
from app.devices.scanning.escl.capabilities import read_capabilities, shown_name
from app.devices.scanning.escl.client import kind_of
from app.devices.scanning.escl.elements import MAX_XML, BadXml, number, read_xml, text
from app.devices.scanning.escl.request import scan_request
from app.devices.scanning.escl.status import read_status
from app.devices.scanning.port import ScanTrouble
from app.domain.scanning import Feed, ScanSettings
from app.errors import EnvironmentFault, KnownError, Refusal
from tests.escl_scanner import EsclScanner
from tests.numbered_pages import numbered_page

SPACES = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'


def status_of(inside: str) -> bytes:
    return f"<scan:ScannerStatus {SPACES}>{inside}</scan:ScannerStatus>".encode()


def capabilities_of(inside: str) -> bytes:
    return f"<scan:ScannerCapabilities {SPACES}>{inside}</scan:ScannerCapabilities>".encode()


@pytest.mark.parametrize("content", [
    b"",
    b"not xml",
    b"<a><b></a>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
    b'<?xml version="1.0" encoding="x-none"?><a/>',
    b"<a>&b;</a>",
    b"<a>" * 40 + b"</a>" * 40,
    b"<a>" + b"<b/>" * 30_000 + b"</a>",
    b"<a>" + b" " * MAX_XML + b"</a>",
    b"\xff\xfe\x00",
], ids=range(12))
def test_absurd_xml_is_refused(content: bytes) -> None:
    with pytest.raises(BadXml):
        read_xml(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (read_xml, read_capabilities, read_status):
        try:
            read(content)
        except BadXml:
            continue


def test_namespaces_do_not_matter_and_letters_do() -> None:
    root = read_xml('<x:a xmlns:x="urn:other"><Name> Máy quét </Name><n>300</n><m>x9</m></x:a>'.encode())
    assert (root.tag, text(root, "Name"), number(root, "n", 7), number(root, "m", 7)) == ("a", "Máy quét", 300, 7)


@pytest.mark.parametrize("huge", ["9" * 12, "9" * 5000, "-1", "٣٠٠", "1e3", "0x10"])
def test_absurd_numbers_become_the_usual(huge: str) -> None:
    assert number(read_xml(f"<a><n>{huge}</n></a>".encode()), "n", 300) == 300


@pytest.mark.parametrize(("feeder", "trouble"), [
    ("ScannerAdfJam", ScanTrouble.JAMMED),
    ("ScannerAdfMispick", ScanTrouble.JAMMED),
    ("ScannerAdfMultipickDetected", ScanTrouble.JAMMED),
    ("ScannerAdfInputTrayFailed", ScanTrouble.JAMMED),
    ("ScannerAdfInputTrayOverloaded", ScanTrouble.JAMMED),
    ("ScannerAdfDuplexPageTooShort", ScanTrouble.JAMMED),
    ("ScannerAdfHatchOpen", ScanTrouble.COVER_OPEN),
    ("ScannerAdfDoorOpen", ScanTrouble.COVER_OPEN),
    ("ScannerAdfEmpty", None),
    ("ScannerAdfLoaded", None),
    ("ScannerAdfProcessing", None),
    ("", None),
])
def test_the_feeders_state_is_understood(feeder: str, trouble: ScanTrouble | None) -> None:
    status = read_status(status_of(f"<scan:AdfState>{feeder}</scan:AdfState>"))
    found = status.trouble()
    assert (found and found[0]) == trouble
    assert status.trouble(of_feeder=False) is None
    assert status.is_empty == (feeder == "ScannerAdfEmpty")


def test_the_reasons_of_an_old_job_are_not_the_scanners() -> None:
    old = (
        "<scan:Jobs><scan:JobInfo><pwg:JobUri>http://[fe80/eSCL/ScanJobs/1</pwg:JobUri>"
        "<pwg:JobState>Aborted</pwg:JobState><scan:StateReason>MediaJam</scan:StateReason></scan:JobInfo></scan:Jobs>"
    )
    assert read_status(status_of(old)).trouble() is None
    said = read_status(status_of(f"<scan:StateReason>cover-open</scan:StateReason>{old}"))
    assert said.trouble(of_feeder=False) == (ScanTrouble.COVER_OPEN, "cover-open")


@pytest.mark.parametrize("uri", ["/eSCL/ScanJobs/7", "http://other:80/eSCL/ScanJobs/7/", "https://[fe80::1]/eSCL/ScanJobs/7"])
def test_our_job_is_found_by_its_path(uri: str) -> None:
    status = read_status(status_of(
        f"<scan:JobInfo><pwg:JobUri>{uri}</pwg:JobUri><pwg:JobState>Processing</pwg:JobState></scan:JobInfo>"))
    assert status.job("http://192.168.1.9/eSCL/ScanJobs/7") == "Processing"
    assert status.job("http://192.168.1.9/eSCL/ScanJobs/8") == ""


def test_capabilities_are_read() -> None:
    found = read_capabilities(EsclScanner(detects_paper=True).capabilities_xml())
    assert (found.name, tuple(found.inputs), found.is_colour, found.detects_paper) == (
        "Máy quét Mẫu 60", (Feed.FLATBED, Feed.FEEDER, Feed.DUPLEX), True, True)
    flatbed = found.inputs[Feed.FLATBED]
    assert (flatbed.max_width, flatbed.max_height, flatbed.resolutions) == (2550, 3508, (75, 150, 200, 300, 600))


def test_profiles_described_once_and_a_feeder_that_turns_pages_by_option() -> None:
    found = read_capabilities(capabilities_of(
        "<scan:SettingProfiles><scan:ColorMode>Grayscale8</scan:ColorMode><pwg:DocumentFormat>image/jpeg"
        "</pwg:DocumentFormat><scan:XResolutionRange><scan:Min>75</scan:Min><scan:Max>600</scan:Max>"
        "</scan:XResolutionRange></scan:SettingProfiles>"
        "<scan:Adf><scan:AdfSimplexInputCaps/><scan:AdfOptions><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions>"
        "</scan:Adf>"))
    assert tuple(found.inputs) == (Feed.FEEDER, Feed.DUPLEX)
    assert (found.is_colour, found.inputs[Feed.DUPLEX].resolutions) == (False, (100, 150, 200, 300, 400, 600))
    asked = scan_request(ScanSettings(Feed.DUPLEX, dpi=240, is_colour=True), found).xml.decode()
    assert "<scan:XResolution>300<" in asked and "Grayscale8" in asked and "DocumentFormatExt" not in asked


@pytest.mark.parametrize(("wanted", "given_dpi"), [(100, 150), (200, 200), (240, 300), (1200, 600)])
def test_no_page_has_less_dpi_than_asked_when_the_scanner_can(wanted: int, given_dpi: int) -> None:
    found = read_capabilities(EsclScanner().capabilities_xml())
    assert found.inputs[Feed.FEEDER].resolution(wanted) == given_dpi


def test_a_feed_it_does_not_have_is_refused() -> None:
    found = read_capabilities(EsclScanner(has_platen=False).capabilities_xml())
    with pytest.raises(Refusal) as refused:
        scan_request(ScanSettings(Feed.FLATBED), found)
    assert (refused.value.code, refused.value.values["detail"]) == ("scanner_refused", "feed")


def test_a_name_from_the_line_is_fit_to_be_shown() -> None:
    assert shown_name("Ma\u0301y\n quét\u202e\x07 \U000f0000A" + "x" * 200) == ("Máy quét A" + "x" * 200)[:80]


@pytest.mark.parametrize(("typed", "url"), [
    ("192.0.2.7", "http://192.0.2.7/eSCL/"),
    (" 192.0.2.7:8080 ", "http://192.0.2.7:8080/eSCL/"),
    ("scanner.local", "http://scanner.local/eSCL/"),
    ("https://Scanner.local:443/eSCL", "https://scanner.local/eSCL/"),
    ("http://192.0.2.7/Scan/eSCL/", "http://192.0.2.7/Scan/eSCL/"),
    ("http://[fd00::7]:8080", "http://[fd00::7]:8080/eSCL/"),
])
def test_an_address_is_understood_and_stays_the_same(typed: str, url: str) -> None:
    assert read_address(typed) == url
    assert read_address(source_id(url).removeprefix("escl:")) == url


@pytest.mark.parametrize("typed", [
    "", "http://", "ftp://192.0.2.7", "file:///etc/passwd", "http://a:b@192.0.2.7", "192.0.2.7?x=1",
    "192.0.2.7:99999",
    "http://192.0.2.7/../admin", "máy quét", "a b", "http://[::zz]/", "http://192.0.2.7/eSCL\r\nX: y", "[fe80",
])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_address(typed)
    assert (refused.value.code, refused.value.values["detail"]) == ("scanner_refused", "address")


def test_an_address_is_checked_without_loading_the_network() -> None:
    code = (
        "import sys; from app.devices.scanning.escl.address import read_address; read_address('192.0.2.7');"
        "sys.exit(bool({'requests', 'zeroconf'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    try:
        assert read_address(typed).startswith(("http://", "https://"))
    except KnownError as error:
        assert error.code == "scanner_refused"


@given(st.text(max_size=60))
def test_a_job_never_lives_on_another_machine(location: str) -> None:
    try:
        url = job_url("http://192.168.1.20:8080/eSCL/", location)
    except ValueError:
        return
    assert url.startswith("http://192.168.1.20:8080/")


@pytest.mark.parametrize(("host", "is_ours"), [
    ("127.0.0.1", True), ("192.168.1.20", True), ("10.1.2.3", True), ("169.254.1.1", True), ("::1", True),
    ("fd00::7", True), ("localhost", True), ("8.8.8.8", False), ("2001:4860:4860::8888", False),
])
def test_only_an_address_of_the_office_goes_without_a_certificate_authority(host: str, is_ours: bool) -> None:
    assert is_in_the_office(host) == is_ours


@pytest.mark.parametrize(("content", "mime"), [
    (numbered_page(1), "image/jpeg"),
    (numbered_page(1) + bytes(64), "image/jpeg"),
    (b"%PDF-1.4\n...\n%%EOF\n", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82", "image/png"),
    (b"II*\0" + bytes(4), "image/tiff"),
])
def test_the_first_bytes_say_what_a_page_is(content: bytes, mime: str) -> None:
    assert kind_of(content) == mime


@pytest.mark.parametrize(("content", "detail"), [
    (numbered_page(1)[:-2], "cut short"), (numbered_page(1)[:3000], "cut short"), (b"%PDF-1.4\n", "cut short"),
    (b"\x89PNG\r\n\x1a\n", "cut short"), (b"", "kind"), (b"<html>", "kind"), (b"GIF89a", "kind"),
    (b"\xff\xd8", "kind"), (b"II*\0...", "cut short"),
])
def test_half_a_page_and_no_page_are_refused(content: bytes, detail: str) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        kind_of(content)
    assert (fault.value.code, fault.value.values["detail"]) == ("scanner_io", detail)
