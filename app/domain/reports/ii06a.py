"""Form II.06a: what there was to settle in a period and how it was settled, thirteen columns that must balance.

Source: Thông tư 01/2020/TT-VPCP, biểu II.06a; the balances stand in domain facts 9.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from app.domain.reports.rates import share
from app.domain.reports.table import Cell, Column, ColumnKind, Row

ID = "II.06a"
_BETWEEN = "|"
"""Between the level and the field in a row's name."""


class Figure(StrEnum):
    """The figures of one row, in the order of the form; also the key of its column."""

    TOTAL = "total"                # (3) all that was to be settled: received in the period and carried over
    ONLINE = "online"              # (4)
    DIRECT = "direct"              # (5) at the counter or by post
    CARRIED = "carried"            # (6) received before the period and open when it began
    SETTLED = "settled"            # (7)
    EARLY = "early"                # (8)
    ON_TIME = "on_time"            # (9)
    LATE = "late"                  # (10)
    OPEN = "open"                  # (11)
    OPEN_IN_TIME = "open_in_time"  # (12)
    OPEN_LATE = "open_late"        # (13)


@dataclass(frozen=True, slots=True)
class Figures:
    """One row of the form. Raises ValueError unless (3)=(4)+(5)+(6)=(7)+(11), (7)=(8)+(9)+(10), (11)=(12)+(13)."""

    total: int = 0
    online: int = 0
    direct: int = 0
    carried: int = 0
    settled: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    open_in_time: int = 0
    open_late: int = 0

    def __post_init__(self) -> None:
        if min(self.online, self.direct, self.carried, self.early, self.on_time, self.late, self.open_in_time,
               self.open_late) < 0:
            raise ValueError(f"a figure below zero: {self}")
        if not (
            self.total == self.online + self.direct + self.carried == self.settled + self.open
            and self.settled == self.early + self.on_time + self.late
            and self.open == self.open_in_time + self.open_late
        ):
            raise ValueError(f"the form does not balance: {self}")

    def of(self, figure: Figure) -> int:
        amount: int = getattr(self, figure)
        return amount

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Figures)))

    @property
    def received(self) -> int:
        """In the period itself, without what was carried over."""
        return self.online + self.direct

    @property
    def in_time_rate(self) -> int | None:
        """Early and on time among the settled, in hundredths of a percent; None when nothing was settled."""
        return share(self.early + self.on_time, self.settled)


@dataclass(frozen=True, slots=True)
class Section:
    """Where a row's dossiers belong: `level` is the agency's own word ("tỉnh"), `field` as in the catalogue."""

    level: str
    field: str


_COLUMNS = (
    Column("number", "TT", width=6),
    Column("name", "Lĩnh vực, công việc giải quyết theo cấp", width=46),
    *(
        Column(key, title, ColumnKind.COUNT, group, number=number)
        for key, title, group, number in (
            (Figure.TOTAL, "Tổng số phải giải quyết", "Số hồ sơ tiếp nhận", "(3)=(4)+(5)+(6)"),
            (Figure.ONLINE, "Trong kỳ: trực tuyến", "Số hồ sơ tiếp nhận", "(4)"),
            (Figure.DIRECT, "Trong kỳ: trực tiếp, dịch vụ bưu chính", "Số hồ sơ tiếp nhận", "(5)"),
            (Figure.CARRIED, "Từ kỳ trước", "Số hồ sơ tiếp nhận", "(6)"),
            (Figure.SETTLED, "Tổng số", "Số hồ sơ đã giải quyết", "(7)=(8)+(9)+(10)"),
            (Figure.EARLY, "Trước hạn", "Số hồ sơ đã giải quyết", "(8)"),
            (Figure.ON_TIME, "Đúng hạn", "Số hồ sơ đã giải quyết", "(9)"),
            (Figure.LATE, "Quá hạn", "Số hồ sơ đã giải quyết", "(10)"),
            (Figure.OPEN, "Tổng số", "Số hồ sơ đang giải quyết", "(11)=(12)+(13)"),
            (Figure.OPEN_IN_TIME, "Trong hạn", "Số hồ sơ đang giải quyết", "(12)"),
            (Figure.OPEN_LATE, "Quá hạn", "Số hồ sơ đang giải quyết", "(13)"),
        )
    ),
)


def columns() -> tuple[Column, ...]:
    """The form's thirteen."""
    first, second, *rest = _COLUMNS
    return (
        Column(first.key, first.title, width=first.width, number="(1)"),
        Column(second.key, second.title, width=second.width, number="(2)"), *rest,
    )


def rows(figures: Mapping[Section, Figures]) -> tuple[Row, ...]:
    """Each level ("A", "B") with its fields ("1", "2") by name, the sum of all last; nothing empty is shown."""
    found: list[Row] = []
    filled = {section: each for section, each in figures.items() if each.total}
    for letter, level in enumerate(sorted({section.level for section in filled}), ord("A")):
        inside = {section.field: each for section, each in filled.items() if section.level == level}
        name = f"TTHC giải quyết ở cấp {level}" if level else "TTHC của cơ quan chưa rõ cấp"
        found.append(_row(chr(letter), name, add_up(inside.values()), f"{level}{_BETWEEN}"))
        found += [
            _row(str(number), field, inside[field], f"{level}{_BETWEEN}{field}", 1)
            for number, field in enumerate(sorted(inside), 1)
        ]
    total = add_up(figures.values())
    return (*found, _row("", "Tổng cộng", total, "all", is_total=True))


def add_up(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def read_row_key(key: str) -> tuple[str | None, str | None]:
    """The level and field whose dossiers the row of this key counts, each None for all of them."""
    level, sign, field = key.partition(_BETWEEN)
    return (level, field or None) if sign else (None, None)


def _row(
    number: str, name: str, figures: Figures, drill: str, level: int = 0, *, is_total: bool = False
) -> Row:
    cells: tuple[Cell, ...] = (number, name, *(figures.of(figure) for figure in Figure))
    return Row(cells, level, drill, is_total)
