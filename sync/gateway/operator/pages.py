"""The pages that show how the province stands: overview, counters, files, slots, acts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sync.gateway.operator.counters import CounterLine, Standing
from sync.gateway.operator.forks import Fork
from sync.gateway.operator.frame import Visit, banner, hidden, mark, number, page
from sync.gateway.operator.markup import Content, Html, link, table, tag
from sync.gateway.operator.people import Done
from sync.gateway.operator.waiting import Files, Slots
from sync.gateway.operator.words import ACTS, clock, count, moment


@dataclass(frozen=True, slots=True)
class Overview:
    standing: Standing
    counters: Sequence[CounterLine]
    forks: Sequence[Fork]
    stuck: int
    files: Files
    slots: Sequence[Slots]


def overview_page(visit: Visit, seen: Overview) -> bytes:
    """What waits for a person first, then the counters that are behind."""
    behind = [each for each in seen.counters if (
        each.waiting or each.is_silent or each.is_clock_wrong or each.is_awaited)]
    open_forks = sum(each.open > 0 for each in seen.forks)
    low = sum(each.is_low for each in seen.slots)
    silent = sum(each.is_silent for each in seen.counters)
    lacking = seen.files.dossiers - seen.files.complete
    tiles = tag("ul", (
        _tile(open_forks, "nhánh chờ người xem", "/forks", "bad"),
        _tile(seen.stuck, "việc bị cách ly", "/waiting", "warn"),
        _tile(silent, "quầy im quá 24 giờ", "/counters", "warn"),
        _tile(sum(each.waiting for each in seen.counters), "việc quầy đã báo mà chưa tới", "/counters", ""),
        _tile(lacking, "hồ sơ còn thiếu tệp", "/files", ""),
        _tile(low, "cơ quan sắp hết khe số", "/slots", "bad"),
    ), class_="tiles")
    return page(
        "Tổng quan", "/", visit, _restored(visit, seen.standing), tiles, tag("h2", "Quầy cần xem"),
        _counter_table("Quầy chậm, im, sai giờ hoặc chưa gọi lại", behind, "Mọi quầy đều đang gửi đều."),
        tag("p", f"{count(len(seen.counters))} quầy, {count(seen.standing.offices)} bưu cục. "
            f"Bản lưu của tỉnh: {seen.standing.incarnation[:8]}.", class_="quiet"))


def counters_page(visit: Visit, counters: Sequence[CounterLine], by_hand: Html | None) -> bytes:
    """`by_hand`: the bundles that came on a stick."""
    return page("Quầy", "/counters", visit,
                tag("p", "Số liệu như quầy nói lần gần nhất; quầy gửi ngay sau khi nói."),
                _counter_table("Mọi quầy", counters, "Chưa có quầy nào ghi danh."), by_hand)


def files_page(visit: Visit, files: Files) -> bytes:
    rows: list[Sequence[Content]] = [
        (each.number_key, each.office, number(count(each.named)), number(count(each.missing)),
         number(count(each.under_way))) for each in files.lacking
    ]
    return page(
        "Tệp thiếu", "/files", visit,
        tag("p", f"{count(files.complete)} trong {count(files.dossiers)} hồ sơ có tệp đã đủ tệp. "
            "Quầy tự gửi tiếp; tệp không mất vì quầy còn giữ bản gốc."),
        table("Hồ sơ còn thiếu tệp",
              ("Hồ sơ", "Bưu cục", *map(number, ("Tệp nêu tên", "Chưa có", "Đang gửi"))), rows,
              "Mọi hồ sơ đều đủ tệp."))


def slots_page(visit: Visit, slots: Sequence[Slots]) -> bytes:
    rows: list[Sequence[Content]] = [
        (each.agency, number(f"{each.free} / {each.all}"), number(count(each.holders)),
         mark("bad", "Sắp hết") if each.is_low else mark("ok", "Còn đủ")) for each in slots
    ]
    return page(
        "Khe số", "/slots", visit,
        tag("p", "Mỗi quầy giữ một khe số của từng cơ quan. Hết khe trống thì quầy mới không nhận được số."),
        table("Khe số theo cơ quan, 45 ngày tới",
              ("Cơ quan", number("Còn trống / tất cả"), number("Máy đang giữ"), "Tình trạng"), rows,
              "Chưa có cơ quan nào."))


def acts_page(visit: Visit, acts: Sequence[Done]) -> bytes:
    rows: list[Sequence[Content]] = [
        (moment(each.at), each.operator, ACTS.get(each.act, each.act),
         tag("code", json.dumps(each.about, ensure_ascii=False)) if each.about else "") for each in acts
    ]
    return page("Nhật ký", "/acts", visit,
                table("Người điều hành đã làm gì", ("Lúc", "Ai", "Việc", "Về"), rows, "Chưa ai làm gì."))


def _tile(figure: int, words: str, where: str, tone: str) -> Html:
    return tag("li", tag("b", count(figure)), link(where, words), class_=tone if figure and tone else None)


def _restored(visit: Visit, standing: Standing) -> Html | None:
    if standing.unsettled_since is None:
        return None
    wait = (f"Còn {count(standing.not_called)} quầy chưa gọi lại." if standing.not_called
            else "Mọi quầy đã gọi lại.")
    return banner(
        "bad" if standing.not_called else "",
        tag("p", f"Tỉnh được khôi phục từ bản lưu lúc {moment(standing.unsettled_since)}. {wait} "
            "Quầy đang gửi lại những gì bản lưu thiếu. Máy mới nhận số từ khe để dành, "
            "vì khe trông trống có thể đã cấp trước sự cố."),
        tag("form", hidden(visit),
            tag("label", tag("input", type="checkbox", name="sure", value="yes", required=True),
                "Mọi quầy đã gọi lại hoặc đã bỏ", class_="tick"),
            tag("button", "Khép lại việc phục hồi", type="submit"), method="post", action="/settle", class_="act"))


def _counter_table(caption: str, counters: Sequence[CounterLine], empty: str) -> Html:
    columns: Sequence[Content] = (
        "Quầy", "Bưu cục", "Đời", "Phiên bản", "Gọi lần cuối", "Giờ máy",
        *map(number, ("Đã nhận", "Chưa tới", "Chưa đọc", "Giữ riêng")))
    return table(caption, columns, [_counter_row(each) for each in counters], empty)


def _counter_row(each: CounterLine) -> Sequence[Content]:
    aside = link(f"/forks/{each.device}/{each.epoch}", count(each.in_branches)) if each.in_branches else "0"
    called: Content = moment(each.last_contact)
    if each.is_revoked:
        called = (called, " ", mark("bad", "Đã thu hồi"))
    elif each.is_awaited:
        called = (called, " ", mark("bad", "Chưa gọi lại"))
    elif each.is_silent:
        called = (called, " ", mark("warn", "Im lặng"))
    shown = clock(each.clock_offset_ms)
    return (
        each.counter, each.office_name, str(each.epoch), each.app, called,
        mark("warn", shown) if each.is_clock_wrong else shown, number(count(each.held)),
        number("chưa biết" if each.said is None else count(each.waiting)),
        number("chưa biết" if each.unread is None else count(each.unread)), tag("span", aside, class_="number"),
    )
