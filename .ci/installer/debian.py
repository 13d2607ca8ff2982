"""The finished folder as a Debian package: where each file lies, what the control file says, `dpkg-deb`.

    /opt/quay-mot-cua/program   the program          /opt/quay-mot-cua/former   the one before the last upgrade
    /usr/bin/quay-mot-cua       starts the first, or the second when the first could not take a book over

The same commit, lock and Python give the same bytes: times are the commit's, names sorted, owners root.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = "quay-mot-cua"
PROGRAM = Path("opt") / PACKAGE / "program"

BESIDES = ("tzdata", "xkb-data")
"""Wanted as files, not as libraries: Asia/Ho_Chi_Minh, and what the keys of a keyboard mean."""
RECOMMENDS = ("cups-client", "sane-utils", "sane-airscan", "gnome-keyring | kwalletmanager",
              "pulseaudio-utils | alsa-utils", "at-spi2-core")
SUGGESTS = ("tesseract-ocr-vie", "ibus-unikey | ibus-bamboo | fcitx5-unikey")

DESCRIPTION = """\
counter client for one-stop-shop post offices
 Quầy Một Cửa is for post-office clerks who man Vietnam's one-stop-shop
 counters. It receives dossiers, takes fees and prints barcoded receipts with
 final numbers while the line is down, and brings everything to the province's
 gateway exactly once when it is back.
 .
 The book of a counter lies in the account's own folder, encrypted; removing or
 purging this package leaves it alone."""

SCRIPTS = ("preinst", "postrm")


def control(version: str, architecture: str, depends: Iterable[str], kilobytes: int) -> str:
    """The control file's text."""
    fields = {
        "Package": PACKAGE, "Version": version, "Architecture": architecture,
        "Maintainer": "Quầy Một Cửa <quay-mot-cua@localhost.invalid>", "Installed-Size": str(kilobytes),
        "Depends": ", ".join(depends), "Recommends": ", ".join(RECOMMENDS), "Suggests": ", ".join(SUGGESTS),
        "Section": "misc", "Priority": "optional", "Description": DESCRIPTION,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def lay_out(program: Path, root: Path, papers: Mapping[str, str]) -> None:
    """The package's tree in the empty folder `root`, without DEBIAN/. `papers`: name → text, for its docs."""
    (root / PROGRAM).parent.mkdir(parents=True)
    shutil.copytree(program, root / PROGRAM, symlinks=True)
    _put(HERE / "launcher.sh", root / "usr/bin" / PACKAGE, 0o755)
    _put(HERE / "quay-mot-cua.desktop", root / "usr/share/applications/quay-mot-cua.desktop")
    _put(HERE / "quay-mot-cua.svg", root / "usr/share/icons/hicolor/scalable/apps/quay-mot-cua.svg")
    _put(HERE / "quay-mot-cua.1", root / "usr/share/man/man1/quay-mot-cua.1")
    _put(HERE / "quay-mot-cua.vi.1", root / "usr/share/man/vi/man1/quay-mot-cua.1")
    for name, text in papers.items():
        target = root / "usr/share/doc" / PACKAGE / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for page in [*root.glob("usr/share/man/**/*.1"), *root.glob("usr/share/doc/*/changelog")]:
        page.with_name(page.name + ".gz").write_bytes(gzip.compress(page.read_bytes(), mtime=0))
        page.unlink()


def _put(source: Path, target: Path, mode: int = 0o644) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def settle(root: Path, moment: int) -> int:
    """The same rights and times everywhere in the tree; returns its size in kilobytes as Debian counts it."""
    kilobytes = 0
    for path in sorted(root.rglob("*")):
        if path.is_symlink():
            kilobytes += 1
        elif path.is_dir():
            path.chmod(0o755)
            kilobytes += 1
        else:
            path.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
            kilobytes += -(-path.stat().st_size // 1024)
        os.utime(path, (moment, moment), follow_symlinks=False)
    root.chmod(0o755)
    os.utime(root, (moment, moment))
    return kilobytes


def checksums(root: Path) -> str:
    """DEBIAN/md5sums: what `dpkg --verify` compares the installed files with."""
    lines = []
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and not path.is_symlink() and inside.parts[0] != "DEBIAN":
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {inside.as_posix()}\n")
    return "".join(lines)


def build(root: Path, target: Path, version: str, architecture: str, depends: Iterable[str], moment: int) -> None:
    """Write the package `target` from the laid out tree `root`. Raises subprocess.CalledProcessError."""
    kilobytes = settle(root, moment)
    meta = root / "DEBIAN"
    meta.mkdir()
    (meta / "control").write_text(control(version, architecture, depends, kilobytes), encoding="utf-8")
    (meta / "md5sums").write_text(checksums(root), encoding="utf-8")
    for script in SCRIPTS:
        _put(HERE / script, meta / script, 0o755)
    settle(meta, moment)
    os.utime(root, (moment, moment))
    # zstd: known to Debian 12's dpkg and to every later one, and to Ubuntu's since 22.04.
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(root), str(target)],
                   check=True, stdout=subprocess.DEVNULL, env=os.environ | {"SOURCE_DATE_EPOCH": str(moment)})


def architecture() -> str:
    """As Debian calls it: amd64, arm64."""
    done = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return done.stdout.strip()
