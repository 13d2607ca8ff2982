"""What the province signs is what a counter's own check takes; a list that is not true is not signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refusal
from app.services.upgrade import package as counters
from app.services.upgrade.package import take_package
from sync.gateway import package_list
from sync.gateway.opening import open_gateway
from sync.gateway.operator.people import Act, acts
from sync.gateway.province import load_seal
from tests.sync.gateway.operator.test_commands import commanded

EXE = "quay-mot-cua-1.10.0-win64.exe"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As the build leaves it, with both systems' packages brought together."""
    folder = tmp_path / "packages"
    folder.mkdir()
    contents = {EXE: b"MZ" + bytes(200), "quay-mot-cua_1.10.0_amd64.deb": b"!<arch>\n"}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    return folder


def sign(tmp_path: Path) -> dict[str, Any]:
    return commanded(tmp_path / "province", "sign-packages", str(tmp_path / "packages"))


def taken(tmp_path: Path, province: bytes) -> bool:
    """Whether the counter's check says that the province vouches for it."""
    return take_package(
        tmp_path / "packages" / EXE, tmp_path / "updates", "1.9.2", province, platform="win32").is_vouched


def test_a_counter_of_the_province_takes_what_was_signed_and_no_other_does(tmp_path: Path, folder: Path) -> None:
    listed = (folder / "SHA256SUMS").read_bytes()
    assert not taken(tmp_path, bytes(32)), "a list without a signature is vouched for by nobody"
    answer = sign(tmp_path)
    assert answer["ok"] and len(answer["packages"]) == 2
    opened = open_gateway(tmp_path / "province", None, datetime.now(UTC))
    with opened.database.reading() as connection:
        (noted,) = acts(connection, 5)
    opened.database.close()
    assert (noted.act, noted.about) == (Act.PACKAGES_SIGNED, {"packages": answer["packages"]})
    assert (folder / "SHA256SUMS").read_bytes() == listed
    assert len((folder / "SHA256SUMS.sig").read_bytes()) == 64
    assert taken(tmp_path, load_seal(tmp_path / "province").public)
    with pytest.raises(Refusal, match="package_not_signed"):
        taken(tmp_path, bytes(range(32)))
    assert (counters.CONTEXT, counters.LIST, counters.SIGNATURE) == (
        package_list.CONTEXT, package_list.LIST, package_list.SIGNATURE)


def damaged(folder: Path) -> None:
    (folder / EXE).write_bytes(b"MZ" + bytes(199))


def gone(folder: Path) -> None:
    (folder / EXE).unlink()


def unlisted(folder: Path) -> None:
    (folder / "quay-mot-cua-1.9.0-win64.exe").write_bytes(b"MZ")


def no_list(folder: Path) -> None:
    (folder / "SHA256SUMS").unlink()


def listing(line: str) -> Callable[[Path], None]:
    def add(folder: Path) -> None:
        with (folder / "SHA256SUMS").open("a", encoding="utf-8") as handle:
            handle.write(f"{line}\n")
    return add


@pytest.mark.parametrize(("harm", "reason"), [
    (damaged, "package_damaged"), (gone, "package_missing"), (unlisted, "package_unlisted"),
    (no_list, "package_list_missing"),
    (listing("0" * 64 + "  ../quay-mot-cua.exe"), "package_list_misshapen"),
    (listing("0" * 64 + f"  {EXE}"), "package_list_misshapen"), (listing("# more"), "package_list_misshapen"),
])
def test_a_list_that_is_not_true_is_not_signed(
    tmp_path: Path, folder: Path, harm: Callable[[Path], None], reason: str,
) -> None:
    harm(folder)
    answer = sign(tmp_path)
    assert (answer["ok"], answer["reason"]) == (False, reason)
    assert not list(folder.glob("*.sig*"))
