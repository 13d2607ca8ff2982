"""A machine joins the province with what an operator's file or square code says, and with nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError, Refusal
from app.services.counter import load_counter
from app.services.courier import gateway_of
from app.services.machine_settings import locked
from app.store.settings import read_setting
from sync.client import GatewayClient
from sync.contract.enrol_file import EnrolFile, NotAnEnrolFile, file_digits, file_text, read_enrol_file
from sync.contract.messages import Signed
from sync.enrol import enrol_counter
from sync.enrol_by_file import enrol_by_file, read_file
from sync.gateway.enrol_files import sign_enrol_file
from sync.gateway.process import GatewayFailed
from sync.gateway.province import load_seal
from sync.pinning import pin_ca, pinned_ca
from tests.office import Office, SetClock
from tests.own_ca import own_ca
from tests.sync.client.trial import Place, Trial, fresh_office
from tests.sync.drawn_square import text_of_square

PRINTERS = {"way": "pdf"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    found = fresh_office(tmp_path / "new", SetClock())
    yield found
    found.application.close()


def file_of(trial: Trial, place: Place, **changes: object) -> EnrolFile:
    return replace(EnrolFile(  # type: ignore[arg-type]
        gateway=trial.url, code=trial.code(place.office, "Quầy 1"), office=place.office, counter="Quầy 1",
        until="2026-11-24T02:00:00Z", settings={"printers": PRINTERS}, lock=("second_copy", "scanning"),
    ), **changes)


def join(office: Office, text: str) -> None:
    application = office.application
    enrol_by_file(application.database, *read_file(text), office.clock)


def test_the_file_and_the_square_bring_counter_settings_and_lock(trial: Trial, office: Office) -> None:
    place = trial.place()
    signed = sign_enrol_file(trial.opened.seal, file_of(trial, place))
    assert read_enrol_file(file_digits(signed)) == read_enrol_file(file_text(signed))
    join(office, file_digits(signed))
    application = office.application.reread()
    with application.database.reading() as connection:
        assert locked(connection, application.enrolled) == {"second_copy", "scanning"}
        assert read_setting(connection, "printers") == PRINTERS
    assert application.enrolled.name == "Quầy 1" and application.enrolled.office_id == place.office


def test_of_a_file_that_another_signed_nothing_is_kept_and_its_code_is_still_good(
    trial: Trial, office: Office, tmp_path: Path,
) -> None:
    (tmp_path / "other").mkdir()
    database, file = office.application.database, file_of(
        trial, trial.place(), ca=own_ca(tmp_path, "Mẫu").ca.read_text())
    with pytest.raises(Refusal, match="enrol_file_false"):
        join(office, file_text(sign_enrol_file(load_seal(tmp_path / "other"), file)))
    assert pinned_ca(database) is None
    with database.reading() as connection:
        assert load_counter(connection) is None and gateway_of(connection) is None
        assert read_setting(connection, "printers") is None
    with GatewayClient(trial.url) as client:
        counter = enrol_counter(database, client, trial.url, file.code, device_name="quầy", clock=office.clock)
    assert counter.name == "Quầy 1"


def test_who_was_pinned_before_stays_so_when_a_false_file_comes(
    trial: Trial, office: Office, tmp_path: Path,
) -> None:
    (tmp_path / "other").mkdir()
    pin_ca(office.application.database, own_ca(tmp_path, "Mẫu").ca)
    with pytest.raises(Refusal, match="enrol_file_false"):
        join(office, file_text(sign_enrol_file(load_seal(tmp_path / "other"), file_of(trial, trial.place()))))
    assert pinned_ca(office.application.database) is not None


def test_a_refused_code_leaves_nobody_pinned(trial: Trial, office: Office, tmp_path: Path) -> None:
    pem = own_ca(tmp_path, "Mẫu").ca.read_text()
    for changes in ({"code": "0000-0000-0000"}, {"gateway": "http://127.0.0.1:9"}):
        signed = sign_enrol_file(trial.opened.seal, file_of(trial, trial.place(), ca=pem, **changes))
        with pytest.raises(KnownError):
            join(office, file_text(signed))
        assert pinned_ca(office.application.database) is None
        with office.application.database.reading() as connection:
            assert load_counter(connection) is None


def test_what_the_operators_word_writes_can_be_scanned_from_its_square(
    trial: Trial, office: Office, tmp_path: Path,
) -> None:
    place = trial.place()
    (tmp_path / "settings.json").write_text(json.dumps({"printers": PRINTERS}))
    words = [
        "enrol-file", str(tmp_path / "quay-1.json"), "--office", place.office, "--counter", "Quầy 1", "--gateway",
        trial.url, "--ca", str(own_ca(tmp_path, "Mẫu").ca), "--settings", str(tmp_path / "settings.json"),
        "--lock", "printers", "second_copy", "--qr", str(tmp_path / "quay-1.svg"),
    ]
    (tmp_path / "quay-1.svg").touch()
    with pytest.raises(GatewayFailed):
        trial.process.operate(*words)
    assert not (tmp_path / "quay-1.json").exists(), "its code was given to nobody"
    (tmp_path / "quay-1.svg").unlink()
    trial.process.operate(*words)
    drawn = text_of_square(tmp_path / "quay-1.svg")
    assert read_enrol_file(drawn) == read_enrol_file((tmp_path / "quay-1.json").read_text())
    join(office, drawn)
    assert pinned_ca(office.application.database) is not None


SIGNED = Signed("enrolment 1\n" + json.dumps({
    "gateway": "https://mau.example", "code": "AAAA-BBBB-CCCC", "office": "bc", "counter": "Quầy 1", "until": "x",
}), "AA==")


@pytest.mark.parametrize("text", [
    "", "{}", "[]", "null", "xin chào", "1" * 200, "9" * 9_000, "{" * 20_000, "\x00", '{"quay-mot-cua": 1}',
    file_text(replace(SIGNED, payload="enrolment 1\n{}")), file_text(replace(SIGNED, signature="?")),
    file_text(replace(SIGNED, payload=SIGNED.payload.replace('"code"', '"lock": ["all"], "code"'))),
    file_text(SIGNED)[:-9], file_digits(SIGNED)[:-1], file_digits(SIGNED).replace("1", "2", 1),
])
def test_garbage_is_said_to_be_garbage(text: str) -> None:
    with pytest.raises(Refusal, match="enrol_file_unreadable"):
        read_file(text)


def test_a_newer_file_is_said_to_be_newer() -> None:
    with pytest.raises(Refusal, match="enrol_file_newer"):
        read_file(file_text(SIGNED).replace("enrolment 1", "enrolment 2"))


@given(text=st.text(max_size=400) | st.text("0123456789", min_size=100, max_size=600))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read_enrol_file(text)
    except NotAnEnrolFile as error:
        assert error.what in ("garbage", "newer")
