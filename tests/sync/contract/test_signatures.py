"""How a request is signed: the RFC's own example, and one spelling only of everything that is said beside it."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.contract.signatures import (
    EMPTY_DIGEST,
    Asked,
    digest_value,
    input_text,
    nonce_text,
    note_of,
    read_input,
    read_signature,
    signature_base,
    signature_value,
    signed_text,
)

NONCE = nonce_text(bytes(range(24)))
HELLO = Asked("POST", "/v1/hello", "", {
    "authorization": "Bearer t", "content-digest": EMPTY_DIGEST, "content-type": "application/json",
    "accept-encoding": "gzip", "host": "x",
})


def test_the_example_of_the_rfc_is_signed_as_the_rfc_says() -> None:
    # RFC 9421, appendix B.1.4 and B.2.6.
    key = load_der_private_key(
        base64.b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"), None)
    assert isinstance(key, Ed25519PrivateKey)
    base = signature_base(
        [("date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("@method", "POST"), ("@path", "/foo"),
         ("@authority", "example.com"), ("content-type", "application/json"), ("content-length", "18")],
        '("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"',
    )
    assert base64.b64encode(key.sign(base)).decode() == (
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")


def test_the_example_of_the_digest_is_the_rfc_s() -> None:
    # RFC 9530, appendix B.2: of {"hello": "world"} and a line feed.
    assert digest_value(hashlib.sha256(b'{"hello": "world"}\n').digest()) == (
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")


def test_what_is_written_is_read_and_covers_all_that_a_request_means() -> None:
    note = note_of(HELLO, "c1", 3, 1_790_000_000, NONCE)
    assert read_input(input_text(note)) == note
    assert note.covered == ("@method", "@path", "@query", "authorization", "content-digest", "content-type")
    assert signed_text(HELLO, note).decode().splitlines()[:3] == [
        '"@method": POST', '"@path": /v1/hello', '"@query": ?']


@pytest.mark.parametrize(("before", "after"), [
    ("device=", "sig1="), ("device=(", "device=  ("), (";alg", ";expires=9;alg"), ("created=1", "created=01"),
    ("created=1", "created=-1"), ('"ed25519"', '"hmac-sha256"'), ('"ed25519"', '"ed25519",x=("a");created=1'),
    ('"@query"', '"@query";req'), ('"@query"', '"@query" "@query"'), ('"@query"', '"@QUERY"'), ("c1/3", "c1/3/4"),
    ("c1/3", "c1"), ("c1/3", "c1/ 3"), (NONCE, "kurz"), (NONCE, f"{NONCE}="), ("(", ""), ("ed25519", "ed25519\n"),
])
def test_another_way_to_say_it_is_refused(before: str, after: str) -> None:
    said = input_text(note_of(HELLO, "c1", 3, 1_790_000_000, NONCE))
    assert before in said
    with pytest.raises(ValueError, match=r"signature_input|covered_twice"):
        read_input(said.replace(before, after, 1))


def test_a_signature_has_one_spelling() -> None:
    raw = bytes(range(64))
    said = signature_value(raw)
    assert read_signature(said) == raw
    last = said[-4]
    for other in (said.replace(f"{last}==:", f"{chr(ord(last) + 1)}==:"), said[:-1], said.replace("=:", ":", 1),
                  said.replace("device", "sig1"), signature_value(raw[:63]), signature_value(raw + b"x"), "",
                  said.replace("AAEC", "AA EC"), f"{said}, {said}"):
        with pytest.raises(ValueError, match=r"signature|not_base64"):
            read_signature(other)


def test_what_is_covered_and_missing_or_no_ascii_cannot_be_signed() -> None:
    note = note_of(HELLO, "c1", 3, 1_790_000_000, NONCE)
    without = Asked(HELLO.method, HELLO.path, HELLO.query, {**HELLO.headers})
    assert signed_text(without, note)
    headers = dict(HELLO.headers)
    del headers["content-type"]
    with pytest.raises(ValueError, match="covered_and_missing"):
        signed_text(Asked("POST", "/v1/hello", "", headers), note)
    with pytest.raises(UnicodeEncodeError):
        signed_text(Asked("POST", "/v1/hello", "ă", HELLO.headers), note)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_a_note_or_a_value_error(text: str) -> None:
    for read in (read_input, read_signature):
        with pytest.raises(ValueError):
            read(text)
