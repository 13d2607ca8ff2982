"""A package of a newer version that came by hand: is it whole, is it newer, and who vouches for it.

Beside the package lies `SHA256SUMS` as it was issued; the package is copied to this machine while it is hashed,
and only that copy is given to the system to install. Where `SHA256SUMS.sig` lies there too, it must be the
province's: 64 bytes of Ed25519 over `CONTEXT` and the list. A list without a signature proves that nothing was
lost on the way and nothing else; the screen says so, and the system itself asks for an administrator. A signed
channel takes the same list, and then asks for the signature.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.errors import EnvironmentFault, Refusal
from app.services.disk_room import MEGABYTE
from app.store.durable import make_folder

LIST, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
CONTEXT = b"quay-mot-cua package list 1\n"
NAME = "quay-mot-cua"
_DEB, _EXE = b"!<arch>\ndebian-binary", b"MZ"
_SETUP = re.compile(r"quay-mot-cua[-_](\d+(?:\.\d+)+(?:~[\w.]+)?)[-_+].*\.exe", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """`file`: our own copy. `is_vouched`: the province has signed the list it stands in."""

    file: Path
    version: str
    is_vouched: bool


def take_package(
    source: Path, into: Path, current: str, province: bytes | None, *, platform: str = sys.platform,
) -> Package:
    """Copy `source` into the folder `into` and say what it is. Nothing is installed.

    Raises Refusal `package_list_missing`, `package_not_signed`, `package_damaged`, `package_unreadable`,
    `package_older` {version, current}, and EnvironmentFault `backup_no_room` where the copy finds no room.
    """
    stated, is_vouched = _stated(source, province)
    make_folder(into, mode=0o700)
    for former in into.iterdir():
        former.unlink()
    copy = into / source.name
    try:
        found = _copy(source, copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise EnvironmentFault("backup_no_room") from error
    try:
        if found != stated:
            raise Refusal("package_damaged")
        version = _version(copy, platform)
        if not is_newer(version, current):
            raise Refusal("package_older", version=version, current=current)
    except Refusal:
        copy.unlink()
        raise
    return Package(copy, version, is_vouched)


def install_command(package: Package, platform: str = sys.platform) -> Sequence[str]:
    """What asks the system to install it; the system asks for an administrator where it needs one.

    Raises EnvironmentFault `install_failed` {exit} where there is nothing to ask.
    """
    if platform == "win32":
        return (str(package.file), "/S")
    asking = shutil.which("pkexec")
    if asking is None or shutil.which("dpkg") is None:
        raise EnvironmentFault("install_failed", exit=127)
    return (asking, "dpkg", "--install", str(package.file))


def _stated(source: Path, province: bytes | None) -> tuple[str, bool]:
    """(SHA-256 that the list states for this file, whether the province signed the list)."""
    try:
        listed = (source.parent / LIST).read_bytes()
        signed = (source.parent / SIGNATURE).read_bytes() if (source.parent / SIGNATURE).exists() else b""
    except OSError as error:
        raise Refusal("package_list_missing") from error
    if signed:
        try:
            if province is None:
                raise InvalidSignature
            Ed25519PublicKey.from_public_bytes(province).verify(signed, CONTEXT + listed)
        except InvalidSignature as error:
            raise Refusal("package_not_signed") from error
    for line in listed.decode("utf-8", "replace").splitlines():
        stated, _, name = line.partition(" ")
        if name.lstrip(" *") == source.name and re.fullmatch(r"[0-9a-f]{64}", stated):
            return stated, bool(signed)
    raise Refusal("package_list_missing")


def _copy(source: Path, target: Path) -> str:
    """Hex SHA-256 of what was written. Raises OSError."""
    own = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(MEGABYTE):
            own.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return own.hexdigest()


def _version(file: Path, platform: str) -> str:
    """Raises Refusal `package_unreadable` for what is no package of this program for this system."""
    with file.open("rb") as handle:
        begin = handle.read(64)
    if platform == "win32":
        named = _SETUP.fullmatch(file.name)
        if named is None or not begin.startswith(_EXE):
            raise Refusal("package_unreadable")
        return named[1]
    if not begin.startswith(_DEB):
        raise Refusal("package_unreadable")
    try:
        said = subprocess.run(
            ["dpkg-deb", "--show", "--showformat", "${Package} ${Version}", str(file)],
            capture_output=True, text=True, timeout=60, check=True,
        ).stdout.split()
    except (OSError, subprocess.SubprocessError) as error:
        raise Refusal("package_unreadable") from error
    if len(said) != 2 or said[0] != NAME:
        raise Refusal("package_unreadable")
    return said[1]


def is_newer(version: str, current: str) -> bool:
    """Whether `version` comes after `current`; everything does after "", a checkout."""
    return not current or _order(version) > _order(current)


def _order(version: str) -> tuple[tuple[int, ...], bool, int]:
    """1.10 is newer than 1.9, and newer than 1.10~842 on the way to it; what follows these counts for nothing."""
    found = re.match(r"(\d+(?:\.\d+)*)(~(\d+)?)?", version)
    if found is None:
        return (), False, 0
    return tuple(map(int, found[1].split("."))), found[2] is None, int(found[3] or 0)
