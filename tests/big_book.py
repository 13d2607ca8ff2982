"""A book with very many invented dossiers, written straight into the projection: for lists, search and counts.

Only the tables are filled; the journal stays short. Names are put together from invented parts, numbers count up.
Indexes and triggers are put aside while rows are written and the counts are made from the rows at the end, on a
connection of its own that does not wait for the disk: a made-up book has nothing to lose.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.domain.life.work import Work
from app.domain.text import fold
from app.store.database import Database
from app.store.migrations.versions import v0003_life, v0006_reports
from app.store.tables import dossiers

SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Đinh", "Trịnh", "Đoàn", "Mai",
)
MIDDLES = (
    "Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quang", "Xuân", "Thu", "Kim", "Hồng", "Gia", "Bảo",
    "Anh", "Tuấn", "Công", "Đình", "Như", "Phương",
)
GIVEN = (
    "Mẫu", "Thử", "Dũng", "Đứng", "Ánh", "Hoa", "Lan", "Hùng", "Cường", "Sơn", "Hà", "Hạnh", "Hương", "Nga",
    "Tâm", "Thảo", "Trang", "Tú", "Việt", "Yến", "Bình", "Châu", "Giang", "Hải", "Khánh", "Linh", "Long",
    "Nam", "Oanh", "Phúc", "Quân", "Sang", "Tài", "Uyên", "Vy", "Xuyến", "Ý", "Đạt", "Đông", "Hiền", "Kiên",
    "Lộc", "My", "Nhi",
)
FIELDS = [f"Lĩnh vực mẫu {number}" for number in range(40)]
CLERKS = ("Trần Thị Thử", "Lê Văn Ví Dụ", "Phạm Thị Mẫu", "Hồ Văn Thử")
FIRST_DAY, DAYS = date(2023, 11, 20), 1095
LONGEST_TERM = 40
BATCH = 50_000
ENDED = (-3, -1, 0, -2, -5, 0, -1, 2, -8, -4)
"""Days between the promised day and the one on which the agency had done, by turns: one in ten is late."""
CHANNELS = (2, 1, 2, 3, 1)
COLUMNS = [column.name for column in dossiers.columns]

_COUNTED = (
    """
    INSERT INTO rollup_due
        SELECT state, 10, coalesce(due_date, ''), count(*) FROM dossiers GROUP BY 1, 3
        UNION ALL
        SELECT state, 7, coalesce(substr(due_date, 1, 7), ''), count(*) FROM dossiers GROUP BY 1, 3
    """,
    """
    INSERT INTO rollup_received
        SELECT 10, business_date, field, is_own, count(*) FROM dossiers GROUP BY 2, 3, 4
        UNION ALL
        SELECT 7, substr(business_date, 1, 7), field, is_own, count(*) FROM dossiers GROUP BY 2, 3, 4
    """,
    "INSERT INTO rollup_work SELECT kind, count(*) FROM worklist GROUP BY kind",
    *v0003_life.LATE_COUNTED,
    *v0006_reports.REPORTS_COUNTED,
)
# (state, custody, delivery, kind of work) of open dossiers and how often, then of ended ones: most were returned.
OPEN_LIVES = (
    (4, 2, 0, Work.AWAITED), (4, 2, 0, Work.AWAITED), (4, 2, 0, Work.AWAITED), (4, 2, 0, Work.AWAITED),
    (2, 0, 0, Work.TO_HAND_OVER), (2, 0, 0, Work.TO_HAND_OVER), (2, 1, 0, Work.UNACKNOWLEDGED),
    (2, 4, 0, Work.SENT_BACK), (5, 2, 0, Work.SUPPLEMENT), (6, 2, 0, Work.PAYMENT),
)
ENDED_LIVES = (
    *(((10, 2, 5, None),) * 45), (9, 2, 1, Work.READY), (9, 2, 1, Work.TO_POST), (9, 2, 2, Work.POSTED),
    (9, 2, 3, Work.UNDELIVERED), (7, 0, 0, Work.ORIGINALS),
)


def fill(database: Database, amount: int, seed: int = 1) -> None:
    """Add `amount` dossiers of three years, one in eight still open."""
    lent = database._engine.raw_connection()
    connection: Any = lent.driver_connection
    try:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "wal_autocheckpoint = 100000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        put_aside = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('dossiers', 'worklist') "
            "AND sql IS NOT NULL AND type IN ('index', 'trigger')"
        ).fetchall()
        for kind, name, _ in put_aside:
            connection.execute(f"DROP {kind} {name}")
        _write(connection, amount, seed)
        for _, _, sql in put_aside:
            connection.execute(sql)
        for table in ("rollup_due", "rollup_late", "rollup_received", "rollup_reports", "rollup_work"):
            connection.execute(f"DELETE FROM {table}")
        for statement in _COUNTED:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        lent.invalidate()                  # nobody else shall get a connection that does not wait for the disk


def _write(connection: Any, amount: int, seed: int) -> None:
    noise = random.Random(seed)
    start: int = connection.execute("SELECT coalesce(max(id), 0) FROM dossiers").fetchone()[0]
    places = ", ".join("?" * len(COLUMNS))
    for first in range(start, start + amount, BATCH):
        rows, names, work = [], [], []
        for row, folded, kind in _rows(noise, first, min(BATCH, start + amount - first), amount + start):
            rows.append(row)
            names.append((row[0], folded))
            if kind is not None:
                work.append((int(kind), row[0]))
        connection.executemany(f"INSERT INTO dossiers({', '.join(COLUMNS)}) VALUES({places})", rows)
        connection.executemany("INSERT INTO dossier_names(rowid, names) VALUES(?, ?)", names)
        connection.executemany("INSERT INTO worklist VALUES(?, ?)", work)


def _rows(
    noise: random.Random, start: int, size: int, whole: int
) -> Iterator[tuple[tuple[Any, ...], str, Work | None]]:
    """Rows as tuples in the order of `COLUMNS`, each with its folded name and the work it asks for."""
    folded = {part: fold(part) for part in (*SURNAMES, *MIDDLES, *GIVEN)}
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS + LONGEST_TERM + max(ENDED))]
    texts = [day.isoformat() for day in days]
    in_codes = [f"{day:%y%m%d}" for day in days]
    pick = noise.random
    for number in range(start, start + size):
        day = number * DAYS // whole
        promised = day + 1 + int(pick() * (LONGEST_TERM - 1))
        due = texts[promised]
        parts = (
            SURNAMES[int(pick() * len(SURNAMES))], MIDDLES[int(pick() * len(MIDDLES))],
            MIDDLES[int(pick() * len(MIDDLES))], GIVEN[int(pick() * len(GIVEN))],
        )
        phone = f"09{number % 100_000_000:08d}"
        is_open = pick() < 0.125
        lives = OPEN_LIVES if is_open else ENDED_LIVES
        state, custody, delivery, work = lives[int(pick() * len(lives))]
        unit = 1 + number % 40
        code = f"H47.{unit}-{in_codes[day]}-{10_000 + number // 40 % 89_999}"
        procedure = number % 1256
        row = (
            number + 1, code, code, f"a{unit}", f"Sở Mẫu {unit}", f"1.{procedure:06d}",
            f"Thủ tục mẫu số {procedure}", FIELDS[unit - 1], " ".join(parts), "",
            f"0{49_000_000_000 + number:011d}", phone, phone[::-1],
            f"{texts[day]}T0{1 + int(pick() * 8)}:{int(pick() * 60):02d}:00.000+00:00", texts[day],
            f"{due}T09:00:00.000+00:00", due, state, is_open, 1, unit % 2 == 0, "máy khác", 1,
            number + 1, CLERKS[number // 7 % 4], "Quầy 3", number + 1, f"op-{number}", custody,
            delivery, 2, 0, f"{due}T02:00:00.000+00:00", "", "",
            None if is_open else texts[max(day, promised + ENDED[number // 40 % 10])],
            CHANNELS[number // 40 % 5], texts[day] if state in (5, 6) else None,
        )
        yield row, " ".join([folded[part] for part in parts]), work
