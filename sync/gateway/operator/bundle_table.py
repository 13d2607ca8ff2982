"""Bundles that came by hand, as the operator sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sync.gateway.operator.frame import mark, number
from sync.gateway.operator.markup import Content, Html, table
from sync.gateway.operator.words import count, moment


def bundle_table(taken: Sequence[Any], offices: Mapping[str, str]) -> Html | None:
    """Rows of `bundles.bundles_taken`, newest first; nothing where no bundle ever came."""
    if not taken:
        return None
    columns: Sequence[Content] = (
        "Gói", "Quầy", "Bưu cục", "Nhận lúc",
        *map(number, ("Việc mới", "Đã có", "Chưa nhận", "Tệp", "Tệp chưa nhận")))
    return table("Gói dữ liệu trên USB đã nhận", columns, [_row(each, offices) for each in taken], "")


def _row(each: Any, offices: Mapping[str, str]) -> Sequence[Content]:
    return (
        f"số {each.number} (đời {each.epoch})", each.counter, offices.get(each.office, each.office),
        moment(each.taken_at), number(count(each.taken)), number(count(each.already)), _left(each.left_out),
        number(count(each.files)), _left(each.files_left),
    )


def _left(amount: int) -> Content:
    return mark("warn", count(amount)) if amount else number("0")
