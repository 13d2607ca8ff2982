"""A line of a push is the JSON that any reader reads, quickly written or not."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from sync.contract.messages import b64
from sync.contract.push import PlainItem, PushHead, line_of, pack, unpack, unpacked_size


@given(st.text(st.characters(exclude_categories=("Cs",))), st.binary(max_size=64))
@example('{"p":"a\\\\\\"b"}', b"")
@example("\x00\x1f\x7f\u2028\\", b"s")
def test_a_line_is_written_as_jsons_own_writer_writes_it(payload: str, signature: bytes) -> None:
    said = {"p": payload, "s": b64(signature)}
    assert line_of(PlainItem(payload, signature)) == json.dumps(said, ensure_ascii=False, separators=(",", ":"))


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), max_size=5))
def test_a_packed_push_knows_its_size_and_comes_out_whole(payloads: list[str]) -> None:
    items = [PlainItem(payload, b"s") for payload in payloads]
    head = PushHead("m1", 1, len(items), "i1")
    first = f'{{"protocol":1,"device":"m1","epoch":1,"count":{len(items)},"incarnation":"i1"}}'
    plain = "\n".join([first, *map(line_of, items)]).encode()
    assert unpacked_size(pack(head, items)) == len(plain)
    assert list(unpack(plain)[1]) == items
