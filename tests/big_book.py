"""A book with very many invented dossiers, written straight into the projection: for lists, search and counts.

Only the tables are filled; the journal stays short. Names are put together from invented parts, numbers count up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from app.domain.text import fold
from app.store.database import Database
from app.store.tables import dossiers

SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Đoàn", "Mai"]
MIDDLES = ["Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quang", "Xuân", "Thu", "Kim", "Hồng", "Gia", "Bảo", "Anh", "Tuấn", "Công", "Đình", "Như", "Phương"]
GIVEN = ["Mẫu", "Thử", "Dũng", "Đứng", "Ánh", "Hoa", "Lan", "Hùng", "Cường", "Sơn", "Hà", "Hạnh", "Hương", "Nga", "Tâm", "Thảo", "Trang", "Tú", "Việt", "Yến", "Bình", "Châu", "Giang", "Hải", "Khánh", "Linh", "Long", "Nam", "Oanh", "Phúc", "Quân", "Sang", "Tài", "Uyên", "Vy", "Xuyến", "Ý", "Đạt", "Đông", "Hiền", "Kiên", "Lộc", "My", "Nhi"]
FIELDS = [f"Lĩnh vực mẫu {number}" for number in range(40)]
FIRST_DAY = date(2023, 11, 20)
BATCH = 20_000


def fill(database: Database, amount: int, seed: int = 1) -> None:
    """Add `amount` dossiers of three years, one in eight still open."""
    noise = random.Random(seed)
    written = 0
    with database.reading() as connection:
        start = connection.execute(text("SELECT coalesce(max(id), 0) FROM dossiers")).scalar_one()
    while written < amount:
        size = min(BATCH, amount - written)
        rows = list(_rows(noise, start + written, size, amount))
        names = [
            {"id": row["id"], "names": fold(f"{row['applicant_name']} {row['submitter_name']}")} for row in rows
        ]
        with database.writing() as connection:
            connection.execute(insert(dossiers), rows)
            connection.execute(text("INSERT INTO dossier_names(rowid, names) VALUES(:id, :names)"), names)
        written += size


def _rows(noise: random.Random, start: int, size: int, amount: int) -> Iterator[dict[str, Any]]:
    for number in range(start, start + size):
        day = FIRST_DAY + timedelta(days=number * 1095 // max(amount + start, 1))
        name = " ".join((noise.choice(SURNAMES), noise.choice(MIDDLES), noise.choice(MIDDLES), noise.choice(GIVEN)))
        phone = f"09{number % 100_000_000:08d}"
        due = day + timedelta(days=noise.randrange(1, 40))
        is_open = noise.random() < 0.125
        unit = 1 + number % 40
        code = f"H47.{unit}-{day:%y%m%d}-{10_000 + number // 40 % 89_999}"
        moment = f"{day}T0{noise.randrange(1, 9)}:{noise.randrange(60):02d}:00.000+00:00"
        yield {
            "id": number + 1, "code": code, "code_key": code, "agency": f"a{unit}",
            "agency_name": f"Sở Mẫu {unit}", "procedure_code": f"1.{number % 1256:06d}",
            "procedure_name": f"Thủ tục mẫu số {number % 1256}", "field": FIELDS[unit - 1],
            "applicant_name": name, "submitter_name": "", "identifier": f"0{49000000000 + number:011d}"[-12:],
            "phone": phone, "phone_reversed": phone[::-1], "received_at": _moment(moment),
            "business_date": day.isoformat(), "due_at": _moment(f"{due}T09:00:00.000+00:00"),
            "due_date": due.isoformat(), "state": 4 if is_open else 10, "is_open": is_open, "version": 1,
            "is_own": unit % 2 == 0, "device": "máy khác", "epoch": 1, "seq": number + 1,
            "clerk_name": "Trần Thị Thử", "book": "Quầy 3", "book_number": number + 1, "op_id": f"op-{number}",
        }


def _moment(text_: str) -> datetime:
    return datetime.fromisoformat(text_)
