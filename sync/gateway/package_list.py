"""The province vouches for what its counters install: a signature over the list of packages, beside the list.

`SHA256SUMS` is the list as the build wrote it. It is signed only as it stands and only when it is true: each file
that it names lies beside it with that content, and no installer lies there that it does not name. A counter checks
the signature with the province's key that it has had since it joined (`app.services.upgrade.package`, with which a
test holds this file together: the two rooms share no line).
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from sync.gateway.durable import sync_folder
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import Seal

LIST, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
CONTEXT = b"quay-mot-cua package list 1\n"
INSTALLERS = (".deb", ".exe")
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^/\\\0]+)")
_BLOCK = 1024 * 1024


def sign_list(folder: Path, seal: Seal) -> dict[str, str]:
    """Sign the list in `folder`; the packages that are vouched for, name → SHA-256. The list is not changed.

    Raises ProblemRaised `package_list_missing`, `package_list_misshapen` {line}, `package_missing` {file},
    `package_damaged` {file}, `package_unlisted` {file}; a signature that lay there then lies there still.
    """
    try:
        listed = (folder / LIST).read_bytes()
    except FileNotFoundError as error:
        raise ProblemRaised("package_list_missing", 404) from error
    packages = _read(listed)
    for name, stated in packages.items():
        if not (folder / name).is_file():
            raise ProblemRaised("package_missing", 404, file=name)
        if _sha256(folder / name) != stated:
            raise ProblemRaised("package_damaged", 409, file=name)
    for file in sorted(folder.iterdir()):
        if file.suffix in INSTALLERS and file.name not in packages:
            raise ProblemRaised("package_unlisted", 409, file=file.name)
    part = folder / f"{SIGNATURE}.part"
    with part.open("wb") as writing:
        writing.write(seal.key.sign(CONTEXT + listed))
        writing.flush()
        os.fsync(writing.fileno())
    part.replace(folder / SIGNATURE)
    sync_folder(folder)
    return packages


def _read(listed: bytes) -> dict[str, str]:
    packages: dict[str, str] = {}
    for number, line in enumerate(listed.decode("utf-8", "replace").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None or packages.setdefault(found[2], found[1]) != found[1]:
            raise ProblemRaised("package_list_misshapen", 400, line=number)
    if not packages:
        raise ProblemRaised("package_list_misshapen", 400, line=0)
    return packages


def _sha256(file: Path) -> str:
    own = hashlib.sha256()
    with file.open("rb") as reading:
        while block := reading.read(_BLOCK):
            own.update(block)
    return own.hexdigest()
