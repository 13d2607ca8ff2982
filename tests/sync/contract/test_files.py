"""What is said of files is read as it is written, and nothing that comes from outside breaks the reading."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.blob import blob_of
from app.domain.operation import Header, canonical
from sync.contract.files import (
    CHECKSUM_STATUS,
    LARGEST_CHUNK,
    MAX_CHUNK,
    MAX_NAMED,
    Attachment,
    attachments_of,
    checksum_text,
    digest_text,
    is_sha256,
    metadata_text,
    read_checksum,
    read_metadata,
)
from sync.contract.limits import KB
from sync.contract.operation_text import read

NAME = hashlib.sha256(b"x").hexdigest()
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just(NAME),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["sha256", "size", "attachments", "body", "x"]), inner, max_size=4),
    max_leaves=12,
)


def header() -> Header:
    return Header(
        op_id="o", device="d", epoch=1, seq=1, prev="0" * 64, type="paper.digitised", intent="i", office="bc",
        staff="nv", agency_account="", business_date="2026-09-21", wall_time="2026-09-21T01:02:03.004Z",
        clock_offset_ms=None,
    )


def test_the_files_of_an_operation_are_those_that_the_office_wrote() -> None:
    blobs = [blob_of(b"mot", "application/pdf"), blob_of(b"hai ba", "application/pdf")]
    named = [{"sha256": each.sha256, "size": each.size, "mime": each.mime} for each in blobs]
    text = canonical(header(), {"code": "H47.15-260921-0001", "attachments": [*named, named[0]]})
    assert attachments_of(read(text).fields) == tuple(Attachment(each.sha256, each.size) for each in blobs)


@given(JSON)
def test_whatever_stands_there_the_reading_never_fails(fields: Any) -> None:
    for each in attachments_of({"body": fields, "attachments": fields}):
        assert is_sha256(each.sha256) and each.size >= 0


def test_an_operation_names_no_more_than_so_many() -> None:
    listed = [{"sha256": f"{n:064x}", "size": 1} for n in range(MAX_NAMED + 5)]
    assert len(attachments_of({"body": {"attachments": listed}})) == MAX_NAMED


@given(st.binary(max_size=64))
def test_a_checksum_is_read_as_it_was_written(content: bytes) -> None:
    digest = hashlib.sha256(content).digest()
    assert read_checksum(checksum_text(digest)) == digest


@given(st.text(max_size=80))
def test_what_is_no_checksum_or_name_is_refused(text: str) -> None:
    for reading in (read_checksum, read_metadata):
        try:
            assert reading(text) is not None
        except ValueError:
            continue


def test_metadata_names_a_file_among_other_words() -> None:
    assert read_metadata(metadata_text(NAME)) == NAME
    assert read_metadata(f"filename YQ==,{metadata_text(NAME)}, is_confidential") == NAME
    assert digest_text(NAME) == f"sha-256=:{checksum_text(bytes.fromhex(NAME))[7:]}:"


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "G" * 64, NAME.upper(), "../" + "0" * 61, None, 5])
def test_a_name_is_64_hexadecimal_digits_and_no_path(text: object) -> None:
    assert not is_sha256(text)


def test_chunks_are_of_the_sizes_that_the_trials_found() -> None:
    assert (LARGEST_CHUNK, CHECKSUM_STATUS) == (256 * KB, 460)
    assert LARGEST_CHUNK <= MAX_CHUNK
