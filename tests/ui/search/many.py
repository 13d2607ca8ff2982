"""A book with very many dossiers, written as rows: for lists and searches, not for opening one."""

from __future__ import annotations

import random
from datetime import timedelta

from sqlalchemy import text

from app.domain.dossier import OPEN_STATES, State
from app.domain.text import fold
from app.domain.vietnam_time import VIETNAM
from app.store.tables import dossiers
from tests.office import AGENCIES, MORNING, Office

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Quốc", "Minh", "Thanh", "Gia", "Mẫu", "Thử")
GIVEN = ("Dũng", "Đứng", "Ánh", "Hoa", "Nam", "Bình", "An", "Phương", "Thảo", "Mẫu", "Ví Dụ", "Yến", "Khánh",
         "Uyên")
PROCEDURES = (
    ("3.000333", "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam", "Lý lịch tư pháp", 0),
    ("1.013225", "Cấp giấy phép xây dựng mới đối với công trình nhà ở riêng lẻ tại đô thị", "Xây dựng", 1),
    ("1.002809", "Đổi giấy phép lái xe do ngành Giao thông vận tải cấp", "Giao thông", 0),
)
CHUNK = 20_000


def fill(office: Office, amount: int, *, seed: int = 7) -> None:
    """`amount` invented dossiers, the newest from this morning, every one confirmed by the province."""
    chance = random.Random(seed)
    per_day = max(1, amount // 400)
    with office.application.database.writing() as connection:
        for start in range(0, amount, CHUNK):
            rows, names = [], []
            for number in range(start, min(amount, start + CHUNK)):
                day, of_day = divmod(amount - 1 - number, per_day)
                at = MORNING - timedelta(days=day, minutes=of_day % 480)
                code, procedure, field, agency = PROCEDURES[chance.randrange(3)]
                organisation = AGENCIES[agency]
                late = chance.choice((State.DONE, State.RETURNED, State.IN_PROCESS))
                state = State.RECEIVED if day < 8 else State.RETURNED if day > 30 else late
                due = at + timedelta(days=chance.choice((3, 7, 10)))
                name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
                phone = f"09{chance.randrange(10**8):08d}"
                text_code = f"{organisation.identifiers[0]}-{at:%y%m%d}-{5000 + number % 4999:04d}"
                text_code += f"{number // 4999:02d}"[:2] if amount > 4999 else ""
                rows.append({
                    "id": number + 1, "code": text_code, "code_key": f"{text_code}#{number}",
                    "agency": organisation.id, "agency_name": organisation.name, "procedure_code": code,
                    "procedure_name": procedure, "field": field, "applicant_name": name, "submitter_name": "",
                    "identifier": f"0491{chance.randrange(10**8):08d}", "phone": phone,
                    "phone_reversed": phone[::-1], "received_at": at,
                    "business_date": at.astimezone(VIETNAM).date().isoformat(), "due_at": due,
                    "due_date": due.astimezone(VIETNAM).date().isoformat(), "state": int(state),
                    "is_open": state in OPEN_STATES, "version": 1, "is_own": True, "device": "quay-0", "epoch": 1,
                    "seq": number + 1, "clerk_name": "Trần Thị Thử", "book": "Quầy 3/2026",
                    "book_number": number + 1, "op_id": f"op-{number}",
                    "custody": 0, "delivery": 0, "money": 0, "requests": 0, "moved_at": None, "shelf": "",
                    "tail": "", "ended_date": None,
                })
                names.append({"id": number + 1, "names": fold(name)})
            connection.execute(dossiers.insert(), rows)
            connection.execute(text("INSERT INTO dossier_names(rowid, names) VALUES(:id, :names)"), names)
