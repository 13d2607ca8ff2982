from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.scanning.listing import kinds, without_doubles
from app.devices.scanning.messages import (
    error_message,
    error_of,
    notice_message,
    notice_of,
    scan_request,
    settings_of,
    source_message,
    source_of,
)
from app.devices.scanning.port import Notice, ScanTrouble, Source, SourceKind, trouble_error
from app.domain.scanning import Feed, ScanSettings
from app.errors import EnvironmentFault, Refusal


def sent(head: dict[str, object]) -> dict[str, object]:
    """As it comes out of the pipe."""
    found: dict[str, object] = json.loads(json.dumps(head))
    return found


@pytest.mark.parametrize("trouble", ScanTrouble)
def test_a_trouble_is_a_refusal_only_where_a_person_can_do_otherwise(trouble: ScanTrouble) -> None:
    by_a_person = trouble in (ScanTrouble.NO_PAPER, ScanTrouble.REFUSED, ScanTrouble.CANCELLED)
    error = trouble_error(trouble, detail="x")
    assert (error.code, error.values) == (trouble.value, {"detail": "x"})
    assert isinstance(error, Refusal if by_a_person else EnvironmentFault)


@given(st.builds(
    ScanSettings, st.sampled_from(Feed), st.integers(50, 1200), st.booleans(), st.integers(0, 1000)))
def test_settings_cross_the_pipe_unchanged(settings: ScanSettings) -> None:
    assert settings_of(sent(scan_request("sane:test:0", settings, ()))) == settings


@given(st.builds(
    Source, st.text(), st.text(), st.sampled_from(SourceKind), st.lists(st.sampled_from(Feed)).map(tuple),
    st.booleans()))
def test_a_source_crosses_the_pipe_unchanged(source: Source) -> None:
    assert source_of(sent(source_message(source))) == source


@given(
    st.sampled_from(ScanTrouble), st.dictionaries(st.text(), st.text() | st.integers() | st.booleans()), st.text())
def test_an_error_crosses_the_pipe_as_the_same_kind(
        trouble: ScanTrouble, values: dict[str, object], name: str) -> None:
    error = trouble_error(trouble)
    error.values |= values
    for found in (error_of(sent(error_message("failed", error))), notice_of(sent(notice_message(
            Notice(error, name)))).error):
        assert (type(found), found.code, found.values) == (type(error), error.code, error.values)
    assert notice_of(sent(notice_message(Notice(error, name)))).name == name


def test_a_value_json_has_no_word_for_crosses_as_text() -> None:
    assert error_of(sent(error_message("failed", trouble_error(ScanTrouble.IO, detail=Feed)))).values == {
        "detail": str(Feed)}


ESCL = Source("escl:http://192.0.2.7/eSCL", "Máy quét Thử", SourceKind.ESCL)
USB = Source("sane:fujitsu:fi-1", "fi-1", SourceKind.SANE)
SAME = Source("sane:airscan:e0:Thu", "Thu", SourceKind.SANE)
BY_WSD = Source("sane:airscan:w0:Khac", "Khac", SourceKind.SANE)


@pytest.mark.parametrize(("found", "shown"), [
    ((USB, SAME, BY_WSD, ESCL), (USB, BY_WSD, ESCL)),
    ((USB, SAME), (USB, SAME)),
    ((), ()),
])
def test_a_network_scanner_is_shown_once(found: tuple[Source, ...], shown: tuple[Source, ...]) -> None:
    assert without_doubles(found) == shown


def test_a_watched_folder_is_not_searched_for() -> None:
    assert SourceKind.FOLDER not in kinds()
    assert SourceKind.SANE in kinds()
