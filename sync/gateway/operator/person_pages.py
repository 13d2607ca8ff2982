"""The pages on which a person decides: forks, their content, and what the province has not accepted."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sync.gateway.operator.forks import Fork, Place, Side
from sync.gateway.operator.frame import Visit, banner, hidden, lines, mark, number, page, pair
from sync.gateway.operator.markup import Content, Html, link, table, tag
from sync.gateway.operator.waiting import Stuck
from sync.gateway.operator.words import FORK_REASONS, REASONS, VERDICTS, count, moment


def forks_page(visit: Visit, forks: Sequence[Fork]) -> bytes:
    rows: list[Sequence[Content]] = [
        (link(f"/forks/{each.device}/{each.epoch}", each.counter), each.office, str(each.epoch),
         number(count(each.first_seq)), number(count(each.kept)),
         mark("bad", f"{count(each.open)} chờ") if each.open else mark("ok", "Đã vào sổ"), moment(each.since))
        for each in forks
    ]
    return page(
        "Rẽ nhánh", "/forks", visit,
        tag("p", "Hai máy đã ghi cùng một chỗ trong sổ của một quầy. Cả hai nhánh còn nguyên; người dân có thể "
            "đang cầm giấy của nhánh nào cũng được."),
        table("Các nhánh giữ riêng",
              ("Quầy", "Bưu cục", "Đời", number("Từ việc số"), number("Số việc"), "Tình trạng", "Đến lúc"),
              rows, "Không có nhánh nào."))


def fork_page(visit: Visit, fork: Fork, places: Sequence[Place], done: int | None) -> bytes:
    """Both branches side by side, and the one decision there is to take."""
    here = f"/forks/{fork.device}/{fork.epoch}"
    told = banner("ok", tag("p", f"Đã nhận {count(done)} việc của nhánh vào sổ. Quầy thấy ở lần gọi tới.")) if (
        done is not None) else None
    decide = tag(
        "section", tag("h2", "Nhận nhánh này vào sổ"),
        tag("p", "Giấy của nhánh là giấy thật: số hồ sơ trên đó còn hiệu lực. Nhận nhánh thì mọi việc của nó có "
            "chỗ trong sổ tỉnh và về lại quầy; nhánh chính không đổi. Số trùng sẽ vào trang Cách ly."),
        tag("form", hidden(visit),
            tag("label", tag("input", type="checkbox", name="sure", value="yes", required=True),
                f"Tôi đã hỏi {fork.counter} và nhận {count(fork.open)} việc", class_="tick"),
            tag("button", "Nhận nhánh vào sổ", type="submit", class_="main"),
            method="post", action=f"{here}/adopt", class_="act"),
    ) if fork.open else banner("ok", tag("p", "Mọi việc của nhánh này đã có chỗ trong sổ."))
    return page(
        f"Rẽ nhánh ở {fork.counter}", "/forks", visit, told,
        tag("p", f"{fork.office}, đời {fork.epoch}, máy {fork.device}.", class_="quiet"), decide,
        tag("h2", "Hai nhánh, từng chỗ một"), (_place(visit, here, each) for each in places))


def content_page(visit: Visit, fork: Fork, seq: int, text: str) -> bytes:
    """The content of one operation: this view has been written down."""
    try:
        shown = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        shown = text
    return page(
        f"Nội dung việc số {count(seq)}", "/forks", visit,
        banner("", tag("p", "Trang này có dữ liệu của người dân. Lần mở này đã ghi vào nhật ký dưới tên bạn.")),
        tag("pre", shown, tabindex=0), tag("p", link(f"/forks/{fork.device}/{fork.epoch}", "Về hai nhánh")))


def waiting_page(visit: Visit, waiting: Sequence[Stuck]) -> bytes:
    rows: list[Sequence[Content]] = [
        (each.number or f"việc số {each.seq}", each.counter or each.device, each.office,
         mark("ok", "Đã có đính chính") if each.is_followed else mark(
             "bad" if each.verdict == "refused" else "warn", VERDICTS.get(each.verdict, each.verdict)),
         _why(each), f"{each.epoch} / {each.seq}", moment(each.since))
        for each in waiting
    ]
    return page(
        "Cách ly", "/waiting", visit,
        tag("p", "Mọi việc ở đây đã nằm yên trong sổ tỉnh; chỉ nội dung chưa được chấp nhận. Quầy thấy cùng "
            "dòng này và sửa bằng một đính chính; không dòng nào chặn việc khác."),
        table("Việc chưa được chấp nhận", ("Hồ sơ", "Quầy", "Bưu cục", "Đến lượt", "Vì sao", "Đời / việc", "Lúc"),
              rows, "Không có việc nào bị cách ly."))


def _why(each: Stuck) -> Content:
    why = REASONS.get(each.reason, each.reason)
    return (why, " ", tag("code", each.field)) if each.field else why


def _place(visit: Visit, here: str, place: Place) -> Html:
    chain: Content = _side(visit, here, place.seq, place.chain) if place.chain else tag(
        "p", "Sổ tỉnh chưa có gì ở chỗ này.", class_="quiet")
    kept = [_side(visit, here, place.seq, each) for each in place.kept]
    return tag(
        "section",
        tag("div", tag("h3", f"Việc số {count(place.seq)} · nhánh chính"), chain),
        tag("div", tag("h3", f"Việc số {count(place.seq)} · giữ riêng"), kept),
        class_="sides", aria_label=f"Việc số {place.seq}")


def _side(visit: Visit, here: str, seq: int, side: Side) -> Html:
    facts = [
        pair("Hồ sơ", side.number or "không có số"), pair("Loại việc", tag("code", side.type or "không đọc được")),
        pair("Ghi ở quầy", moment(side.wall_time) if side.wall_time else "không rõ"),
        pair("Tới tỉnh", moment(side.at)), pair("Người ghi", side.staff or "không rõ"),
        pair("Dấu", tag("span", side.hash[:16], class_="hash", title=side.hash)),
    ]
    if side.reason:
        facts.append(pair("Vì sao", FORK_REASONS.get(side.reason, side.reason)))
        facts.append(pair("Tình trạng", mark("ok", "Đã vào sổ") if side.position else mark("bad", "Chờ")))
    field = f"why-{side.hash[:12]}"
    return tag("div", lines(facts), tag(
        "form", hidden(visit), tag("input", type="hidden", name="seq", value=seq),
        tag("input", type="hidden", name="hash", value=side.hash),
        tag("div", tag("label", "Vì sao cần xem nội dung", for_=field),
            tag("input", type="text", name="reason", id=field, required=True, minlength=5, maxlength=200)),
        tag("button", "Mở nội dung", type="submit"), method="post", action=f"{here}/content", class_="act"))
