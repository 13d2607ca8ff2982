"""A package from a stick is installed only whole, newer, and signed by nobody else than the province."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import EnvironmentFault, Refusal
from app.services.upgrade.package import CONTEXT, LIST, SIGNATURE, Package, install_command, is_newer, take_package

PROVINCE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PROVINCE.public_key().public_bytes_raw()


def deb(folder: Path, version: str = "1.10.0", name: str = "quay-mot-cua") -> Path:
    """A real one, with nothing in it."""
    tree = folder / "tree" / "DEBIAN"
    tree.mkdir(parents=True)
    (tree / "control").write_text(
        f"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: Thử <thu@mau.example>\n"
        "Description: Mẫu\n", encoding="utf-8",
    )
    file = folder / f"quay-mot-cua_{version}_amd64.deb"
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", str(tree.parent), str(file)], check=True,
                   capture_output=True)
    shutil.rmtree(tree.parent)
    list_it(file)
    return file


def list_it(file: Path) -> None:
    own = hashlib.sha256(file.read_bytes()).hexdigest()
    (file.parent / LIST).write_text(f"{'0' * 64}  other.deb\n{own}  {file.name}\n", encoding="utf-8")


def sign(file: Path, key: Ed25519PrivateKey = PROVINCE) -> None:
    listed = (file.parent / LIST).read_bytes()
    (file.parent / SIGNATURE).write_bytes(key.sign(CONTEXT + listed))


def taken(file: Path, current: str = "1.9.2", province: bytes | None = PUBLIC) -> Package:
    return take_package(file, file.parent / "updates", current, province, platform="linux")


@pytest.mark.parametrize("is_signed", [False, True])
def test_a_whole_newer_package_is_taken_and_it_is_known_who_vouches(tmp_path: Path, is_signed: bool) -> None:
    file = deb(tmp_path)
    if is_signed:
        sign(file)
    found = taken(file)
    assert (found.version, found.is_vouched) == ("1.10.0", is_signed)
    assert found.file.parent.name == "updates" and found.file.read_bytes() == file.read_bytes()
    assert taken(file, current="").version == "1.10.0", "a checkout has no version to be older than"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def no_list(file: Path) -> None:
    (file.parent / LIST).unlink()


def other_list(file: Path) -> None:
    (file.parent / LIST).write_text("0" * 64 + "  other.deb\n", encoding="utf-8")


def foreign_key(file: Path) -> None:
    sign(file, Ed25519PrivateKey.generate())


def list_changed_after_signing(file: Path) -> None:
    sign(file)
    with (file.parent / LIST).open("a", encoding="utf-8") as handle:
        handle.write("# more\n")


def no_package(file: Path) -> None:
    file.write_bytes(b"MZ" + bytes(100))
    list_it(file)


def torn_inside(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])
    list_it(file)


@pytest.mark.parametrize(("harm", "code"), [
    (cut, "package_damaged"), (no_list, "package_list_missing"), (other_list, "package_list_missing"),
    (foreign_key, "package_not_signed"), (list_changed_after_signing, "package_not_signed"),
    (no_package, "package_unreadable"), (torn_inside, "package_unreadable"),
])
def test_anything_else_is_refused_and_nothing_is_left_to_install(
    tmp_path: Path, harm: Callable[[Path], None], code: str,
) -> None:
    file = deb(tmp_path)
    harm(file)
    with pytest.raises(Refusal, match=code):
        taken(file)
    assert not list(tmp_path.glob("updates/*"))


@pytest.mark.parametrize(("version", "current"), [
    ("1.9.2", "1.9.2"), ("1.9.1", "1.9.2"), ("1.9.2", "1.10"), ("1.10~842.gabc", "1.10"),
    ("1.10~842.gabc", "1.10~1000.gdef"), ("1.10~842.gabc", "1.10~842.gdef+changed"),
])
def test_an_older_package_or_the_same_is_refused(tmp_path: Path, version: str, current: str) -> None:
    with pytest.raises(Refusal, match="package_older") as refused:
        taken(deb(tmp_path, version), current)
    assert refused.value.values == {"version": version, "current": current}


@pytest.mark.parametrize(("version", "current"), [
    ("1.10", "1.9"), ("1.10", "1.10~842.gabc"), ("1.10~1000.gabc", "1.10~842.gdef"), ("1.10~1.gabc", "1.9"),
])
def test_a_build_on_the_way_to_a_version_comes_before_it(version: str, current: str) -> None:
    assert is_newer(version, current)


def test_a_package_of_another_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="package_unreadable"):
        taken(deb(tmp_path, name="other-program"))


@pytest.mark.parametrize("version", ["2.0.1", "2.0.1~842.g1a2b3c4", "2.0.1~842.g1a2b3c4+changed"])
def test_windows_reads_the_version_from_the_name_of_its_installer(tmp_path: Path, version: str) -> None:
    file = tmp_path / f"quay-mot-cua-{version}-win64.exe"
    file.write_bytes(b"MZ" + bytes(100))
    list_it(file)
    found = take_package(file, tmp_path / "updates", "1.9", None, platform="win32")
    assert found.version == version.removesuffix("+changed")
    assert install_command(found, "win32") == (str(found.file), "/S")


def test_the_system_installs_and_asks_for_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = taken(deb(tmp_path))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert install_command(found, "linux") == ("/usr/bin/pkexec", "dpkg", "--install", str(found.file))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(EnvironmentFault, match="install_failed"):
        install_command(found, "linux")
