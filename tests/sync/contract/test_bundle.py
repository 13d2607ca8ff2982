"""A bundle opens for its reader alone, as it was made; whatever else is in a file is said and crashes nothing."""

from __future__ import annotations

import io

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.bundle import BundleFault, BundleHead, BundleKind, BundleReader, BundleWriter, Part

AUTHOR = Ed25519PrivateKey.from_private_bytes(b"a" * 32)
READER = X25519PrivateKey.from_private_bytes(b"r" * 32)
PUBLIC = AUTHOR.public_key().public_bytes_raw()
PARTS = (
    Part("out", {}, b"{}"), Part("push", {"n": 1}, bytes(range(256)) * 40), Part("file", {"x": "\n"}, b""),
)


def made(number: int = 1, parts: tuple[Part, ...] = PARTS, kind: str = BundleKind.OUTGOING) -> bytes:
    file = io.BytesIO()
    writer = BundleWriter(
        file, BundleHead(kind, "quay-1", 1, number, "2026-11-23T02:00:00Z"), READER.public_key().public_bytes_raw()
    )
    for place, each in enumerate(parts):
        writer.add(each.kind, each.about, each.body, is_packed=place % 2 == 1)
    writer.finish(AUTHOR.sign)
    return file.getvalue()


def opened(content: bytes, key: X25519PrivateKey = READER) -> tuple[Part, ...]:
    reader = BundleReader(io.BytesIO(content))
    reader.check(PUBLIC)
    return tuple(reader.parts(key))


WHOLE = made()


def test_what_was_put_in_comes_out() -> None:
    assert opened(WHOLE) == PARTS
    assert opened(made(parts=())) == ()
    head = BundleReader(io.BytesIO(WHOLE)).head
    assert (head.kind, head.device, head.number, head.parts) == ("outgoing", "quay-1", 1, 3)


def test_nobody_else_opens_it() -> None:
    with pytest.raises(BundleFault, match="other_reader"):
        opened(WHOLE, X25519PrivateKey.from_private_bytes(b"x" * 32))


def test_a_bundle_of_another_author_is_no_bundle_of_ours() -> None:
    reader = BundleReader(io.BytesIO(WHOLE))
    with pytest.raises(BundleFault, match="damaged"):
        reader.check(Ed25519PrivateKey.from_private_bytes(b"z" * 32).public_key().public_bytes_raw())


@pytest.mark.parametrize("other", [made(number=2), made(kind=BundleKind.ACKNOWLEDGEMENT)])
def test_parts_moved_under_another_head_do_not_open(other: bytes) -> None:
    """Even where somebody signs the head anew: a part belongs to its bundle."""
    cut = len(WHOLE) - BundleReader(io.BytesIO(WHOLE)).head.size
    moved = BundleReader(io.BytesIO(other[:cut] + WHOLE[cut:]))
    with pytest.raises(BundleFault, match="damaged"):
        tuple(moved.parts(READER))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_changed_byte_passes(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BundleFault):
        opened(bytes(content))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_no_shortened_file_passes(length: int) -> None:
    with pytest.raises(BundleFault) as found:
        opened(WHOLE[:length])
    assert found.value.what == (BundleFault.TORN if length else BundleFault.NOT_ONE)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_crash_it(content: bytes, is_like_one: bool) -> None:
    with pytest.raises(BundleFault):
        opened(WHOLE[:6] + content if is_like_one else content)
