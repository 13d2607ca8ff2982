"""The page of the bridge: what the national database has been told, and what it would not take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sync.gateway.bridge.queue import State
from sync.gateway.operator.frame import Visit, banner, mark, number, page
from sync.gateway.operator.markup import Content, Html, table, tag
from sync.gateway.operator.words import count, moment

_STATES = {State.WAITING: "Chờ gửi", State.SENT: "Đã gửi", State.REFUSED: "Bị từ chối", State.HELD: "Giữ lại"}
_SERVICES = {"dossier": "Hồ sơ", "progress": "Tiến độ"}


def bridge_page(visit: Visit, figures: Mapping[str, Any]) -> bytes:
    """`figures` of `bridge.figures.bridge_figures`. What the other side answered in words is not shown: it may
    quote a citizen."""
    return page("Quốc gia", "/nation", visit, _how_it_stands(figures), _counts(figures), _needs_person(figures))


def _how_it_stands(figures: Mapping[str, Any]) -> Html:
    answer, trouble = figures["last_answer"], figures["trouble"]
    if trouble:
        return banner("bad", tag("p", f"Không nói chuyện được từ {moment(trouble['since'])}: ",
                                 tag("code", trouble["reason"]), ". Hồ sơ vẫn xếp hàng, không mất."))
    if not answer:
        return banner("", tag("p", "Chưa nối với cơ sở dữ liệu quốc gia, hoặc chưa có câu trả lời nào."))
    return tag("p", f"Trả lời gần nhất lúc {moment(answer['at'])}. Đã báo {count(figures['told'])} trong "
               f"{count(figures['dossiers'])} hồ sơ; còn {count(figures['unread'])} việc chưa đọc.")


def _counts(figures: Mapping[str, Any]) -> Html:
    held: Mapping[str, int] = figures["counts"]
    rows: list[Sequence[Content]] = [
        (said, *(number(count(held.get(f"{service}_{state}", 0))) for state in _STATES))
        for service, said in _SERVICES.items()
    ]
    return table("Hàng đợi", ("Bản tin", *map(number, _STATES.values())), rows, "")


def _needs_person(figures: Mapping[str, Any]) -> Html:
    rows: list[Sequence[Content]] = [
        (each["number"], each["office"], _SERVICES.get(each["service"], each["service"]),
         mark("bad" if each["state"] == State.REFUSED else "warn", _STATES.get(each["state"], each["state"])),
         tag("code", each["reason"] or ""), moment(each["since"]))
        for each in figures["needs_person"]
    ]
    return tag("section", tag("h2", f"Chờ người xem: {count(figures['needs_person_count'])}"), table(
        "Bản tin bị từ chối hoặc giữ lại", ("Hồ sơ", "Bưu cục", "Bản tin", "Tình trạng", "Vì sao", "Từ lúc"), rows,
        "Không có bản tin nào chờ người xem."))
