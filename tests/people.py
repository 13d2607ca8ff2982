"""An office with personal sign-in: the province's grants for its clerks, on the office of `tests.office`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from argon2 import PasswordHasher

from app.services.people.grants import take_grants
from sync.contract.grant_text import GrantText
from tests.office import Office

CODE = "KQ7M-3F9X-W2PD"
OFFICE = "buu-cuc-mau"
NAMES = {"nv-1": "Trần Thị Thử", "nv-2": "Lê Văn Ví Dụ", "nv-3": "Phạm Thị Mẫu"}
UNTIL = date(2026, 12, 7)                                      # 14 days after the morning of `tests.office`


@lru_cache(maxsize=1)
def activation() -> str:
    """Verifier of `CODE`, cheap: what it costs is not what these tests are about."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(CODE.replace("-", ""))


def grant_text(
    clerk: str, roles: Sequence[str], *, office: str = OFFICE, until: date = UNTIL, serial: int = 1,
    has_code: bool = True, made: date | None = None,
) -> str:
    accounts = {"cong-an": f"{clerk}.ca"}
    return GrantText(clerk, NAMES[clerk], office, tuple(roles), accounts, until, serial,
                     activation() if has_code else "", made).to_payload()


def grant(
    office: Office, roles: Mapping[str, Sequence[str]], *, until: date = UNTIL, serial: int = 1,
    made: date | None = None,
) -> None:
    """The province's word came: from now on this office has personal sign-in."""
    said = [grant_text(clerk, held, until=until, serial=serial, made=made) for clerk, held in roles.items()]
    with office.application.database.writing() as connection:
        take_grants(
            connection, office.province.public, [(each, office.province.key.sign(each.encode())) for each in said],
            OFFICE,
        )
    office.application.reread()
