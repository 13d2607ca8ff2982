"""Why this counter gives out no numbers, in its own words: what happened, is the work safe, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from app.services.standing import Reason
from app.services.stuck import Stuck
from app.services.went_on import WentOn
from ui.models.counts import shown_count
from ui.translations import mark, tr

_SHORT: Mapping[str, str] = {
    Reason.OLDER_THAN_WITNESS: mark("Sổ trên máy này không phải bản mới nhất của quầy."),
    Reason.OLDER_THAN_PROVINCE: mark("Sổ trên máy này cũ hơn sổ ở tỉnh."),
    Reason.FORK: mark("Sổ ở tỉnh và sổ trên máy này đã rẽ thành hai nhánh."),
    Reason.STALE_EPOCH: mark("Quầy này đã được ghi danh trên một máy khác."),
}


class Way(Enum):
    """What the one large key of the explanation does."""

    NONE = "none"
    SEND = "send"
    SECOND_COPY = "second_copy"
    BEGIN_ANEW = "begin_anew"
    ENROL = "enrol"


class Explained(NamedTuple):
    """`steps`: what to do, in order. `more`: a further key beside the large one."""

    title: str
    what: str
    safe: str
    steps: tuple[str, ...]
    way: Way
    action: str
    more: tuple[Way, ...] = ()


def stopped_short(reason: str) -> str:
    """One sentence on why no number is given out."""
    return tr(_SHORT[reason]) if reason in _SHORT else tr("Sổ trên máy này có thể không phải bản mới nhất.")


def explain_stopped(reason: str, values: Mapping[str, Any], *, is_asked: bool, unsent: int) -> Explained:
    """`is_asked`: a person has asked for new numbers, the next contact brings them; `unsent`: operations that
    wait."""
    title = tr("Quầy đang tạm ngừng cấp số")
    if is_asked:
        return Explained(
            title, f"{stopped_short(reason)} {tr('Đã yêu cầu dải số mới.')}", _kept(reason, unsent),
            (tr("Để máy nối mạng và bấm Enter. Tỉnh trả lời xong thì quầy cấp số lại ngay."),
             tr("Chưa có mạng: ghi biểu rồi bấm Esc để tạm; không tự đặt mã hồ sơ.")),
            Way.SEND, tr("Gửi ngay"),
        )
    if reason == Reason.FORK:
        return _fork(title, values, unsent)
    if reason == Reason.STALE_EPOCH:
        return _stale(title, unsent)
    return _older(title, reason, values)


def explain_branch(line: Stuck, counter: str) -> Explained:
    """A branch that lies at the province beside its own chain until its operator adopts it."""
    first, last = int(line.values["first"]), int(line.values["last"])
    return Explained(
        tr("Nhánh giữ riêng ở tỉnh"),
        tr("Trước khi quầy dùng dải số mới, {n} việc đã rẽ thành nhánh riêng. Tỉnh đang giữ nhánh đó bên cạnh sổ "
           "chính.", n=shown_count(line.amount)),
        tr("Không mất gì. Các việc này vẫn đếm là chờ gửi cho đến khi tỉnh nhập vào sổ."),
        (tr("Đến lượt người vận hành ở tỉnh: xem hai nhánh rồi bấm nhập."),
         tr("Gọi tỉnh thì đọc: {counter}, đời {epoch}, mục {first} đến {last}.", counter=counter,
            epoch=line.values["epoch"], first=first, last=last)),
        Way.NONE, "",
    )


def explain_went_on(line: WentOn) -> Explained:
    """The counter mended itself, or a person let it go on: what came back, and which numbers begin."""
    brought = tr("{n} việc đã được lấy lại vào sổ.", n=shown_count(line.brought)) if line.brought else (
        tr("Sổ không thiếu việc nào."))
    return Explained(
        tr("Quầy đã đi tiếp với dải số mới"), brought,
        tr("Số cũ không bao giờ dùng lại. Giấy đã in vẫn có giá trị, tra theo mã như trước."),
        (tr("Xem lại hồ sơ của những ngày vừa rồi ở Tra cứu (F3); có giấy nào không tìm ra thì báo người phụ "
            "trách máy."),),
        Way.NONE, "",
    )


def _older(title: str, reason: str, values: Mapping[str, Any]) -> Explained:
    """A disk that was put back: nothing may be written until what was lost is here again."""
    places = {"ours": values.get("ours"), "theirs": values.get("theirs")}
    is_counted = None not in places.values()
    safe = tr("Phần thiếu chưa mất. Trong lúc chờ, máy chưa ghi việc mới; để tạm biểu và tra cứu thì "
              "vẫn được.")
    no_line = tr("Chưa có mạng: ghi biểu rồi bấm Esc để tạm; không tự đặt mã hồ sơ.")
    if reason == Reason.OLDER_THAN_PROVINCE:
        what = tr(
            "Tỉnh giữ đến mục {theirs}, máy này chỉ đến mục {ours}. Ổ đĩa có thể vừa khôi phục từ bản cũ.",
            **places,
        ) if is_counted else stopped_short(reason)
        return Explained(
            title, what, safe,
            (tr("Có mạng: bấm Enter. Máy tự lấy phần thiếu từ tỉnh, nhận dải số mới rồi cấp số lại."),
             tr("Có ổ bản thứ hai: bấm B để lấy lại cả việc chưa kịp gửi."), no_line),
            Way.SEND, tr("Gửi ngay"), (Way.SECOND_COPY,),
        )
    what = tr("Quầy đã ghi đến mục {theirs}, sổ trên máy này chỉ đến mục {ours}. Ổ đĩa có thể vừa khôi phục từ "
              "bản cũ.", **places) if is_counted else (
        tr("Dấu của sổ cạnh khóa máy không khớp: thư mục sổ có thể vừa được chép từ nơi khác hoặc khôi phục."))
    return Explained(
        title, what, safe,
        (tr("Có ổ bản thứ hai: cắm vào, bấm Enter, rồi bấm P để khôi phục."),
         tr("Không có ổ đó: bấm N để xin dải số mới; phần nào tỉnh có thì máy tự lấy về."), no_line),
        Way.SECOND_COPY, tr("Mở bản thứ hai"), (Way.BEGIN_ANEW,),
    )


def _fork(title: str, values: Mapping[str, Any], unsent: int) -> Explained:
    return Explained(
        title,
        tr("Từ mục {seq}, bản đã lưu ở nơi khác không giống sổ trên máy này. Thường là vì ổ đĩa đã được sao chép "
           "và bản sao cũng làm việc.", seq=values.get("seq", "?")),
        _kept(Reason.FORK, unsent),
        (tr("Tìm xem còn máy nào khác dùng sổ của quầy này, và tắt máy đó."),
         tr("Trưởng ca hoặc người phụ trách máy quyết định: bấm Enter để máy này đi tiếp với dải số mới."),
         tr("Tỉnh giữ riêng nhánh của máy này rồi nhập sau; số chờ gửi khi đó tự giảm.")),
        Way.BEGIN_ANEW, tr("Bắt đầu dải số mới"),
    )


def _stale(title: str, unsent: int) -> Explained:
    return Explained(
        title, tr("Quầy này đã được ghi danh trên một máy khác; tỉnh chỉ nhận việc từ máy ghi danh sau cùng."),
        _kept(Reason.STALE_EPOCH, unsent),
        (tr("Quầy nay làm ở máy kia: thôi dùng máy này, nhưng đừng xóa gì; báo người phụ trách máy."),
         tr("Quầy làm ở máy này: xin trưởng ca mã ghi danh mới rồi bấm Enter. Máy kia khi đó sẽ ngừng.")),
        Way.ENROL, tr("Nhập mã ghi danh"),
    )


def _kept(reason: str, unsent: int) -> str:
    if not unsent:
        return tr("Hồ sơ đã lưu vẫn còn nguyên; không việc nào chờ gửi.")
    if reason == Reason.FORK:
        return tr("Không mất gì: cả hai nhánh đều được giữ. {n} việc của máy này vẫn đếm là chờ gửi.",
                  n=shown_count(unsent))
    return tr("Không mất gì: {n} việc chờ gửi vẫn nằm trên máy và sẽ đi tiếp.", n=shown_count(unsent))
