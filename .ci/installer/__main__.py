"""`python -m installer` in the build environment: freeze, list, try, pack. Started by `build_installer.py`."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installer import contents, shipped, version

IS_WINDOWS = sys.platform == "win32"
NAME = "quay-mot-cua"


class BuildFailed(Exception):
    """The build stops; the text says what to do."""


def say(text: str) -> None:
    sys.stderr.write(f"• {text}\n")
    sys.stderr.flush()


def freeze(work: Path, moment: int) -> Path:
    """One folder with the program and all it needs, under `work`."""
    log = work / "pyinstaller.log"
    environment = os.environ | {
        "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment), "PYTHONPATH": str(contents.HERE.parent),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
    }
    if IS_WINDOWS:
        from installer import icons

        icons.write_ico(work / "quay-mot-cua.ico")
        environment["QUAY_ICON"] = str(work / "quay-mot-cua.ico")
    with log.open("w", encoding="utf-8") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(work / "dist"), "--workpath",
             str(work / "made"), str(contents.HERE / "counter.spec")],
            cwd=contents.ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT,
            check=False)
    if done.returncode:
        raise BuildFailed(f"{log.read_text(encoding='utf-8')[-4000:]}\nPyInstaller ended with {done.returncode}.")
    return work / "dist" / NAME


def names_in(program: Path, work: Path) -> list[str]:
    """Files and modules in the frozen program, as `shipped.parts_in` wants them."""
    inside = program / "_internal"
    files = [file.relative_to(inside).as_posix() for file in sorted(inside.rglob("*"))
             if file.is_file() and not file.is_symlink()]
    modules: list[str] = json.loads((work / "made" / "counter" / "modules.json").read_text(encoding="utf-8"))
    return files + modules


def list_parts(program: Path, work: Path, facts: dict[str, str], system: Sequence[str]) -> list[shipped.Part]:
    """Write the list of parts and all licences into `program`."""
    lock: dict[tuple[str, str], tuple[str, ...]] = {}
    for file in (contents.HERE.parent / "constraints.txt", contents.HERE / "constraints.txt"):
        lock |= shipped.read_lock(file.read_text(encoding="utf-8"))
    try:
        parts = shipped.parts_in(names_in(program, work), lock, shipped.installed_here())
    except shipped.NotLocked as error:
        raise BuildFailed(f"{error} is in the program but not in the lock: build in an environment that has "
                          "exactly the locked packages.") from error
    if bare := shipped.without_text(parts):
        raise BuildFailed(f"No licence text for {', '.join(bare)}.")
    shipped.write_licences(parts, platform.python_version(), program / "licences")
    shutil.copyfile(contents.ROOT / "LICENSE", program / "licences" / "quay-mot-cua.txt")
    for font in sorted((contents.ROOT / "resources" / "fonts").glob("*OFL*")):
        shutil.copyfile(font, program / "licences" / font.name)
    bill = shipped.bill_of_materials(parts, facts | {"name": NAME}, platform.python_version(), system)
    (program / "sbom.cdx.json").write_text(
        json.dumps(bill, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return parts


def try_out(program: Path) -> list[dict[str, Any]]:
    """The finished program's own test of itself; its lines. Raises BuildFailed."""
    executable = program / (f"{NAME}-lenh.exe" if IS_WINDOWS else NAME)
    done = subprocess.run([str(executable), "--self-test"], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, encoding="utf-8", errors="replace", check=False, cwd=program.parent)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise BuildFailed(f"{done.stderr[-3000:]}\n{lines[-1:]}\nThe finished program fails its own test.")
    return lines


def pack_debian(program: Path, work: Path, to: Path, facts: dict[str, str], depends: Sequence[str]) -> Path:
    from installer import debian, icons

    root = work / "package"
    root.mkdir()
    papers = {"changelog": (contents.ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
              "copyright": "Quầy Một Cửa: Apache License 2.0 (/usr/share/common-licenses/Apache-2.0).\n"
                           "What else is in it, and under which licence: /opt/quay-mot-cua/program/licences.\n"}
    debian.lay_out(program, root, papers)
    icons.write_pngs(root / "usr/share/icons/hicolor")
    architecture = debian.architecture()
    target = to / f"{NAME}_{facts['version']}_{architecture}.deb"
    debian.build(root, target, facts["version"], architecture, depends, int(facts["moment"]))
    return target


def list_packages(folder: Path) -> Path:
    """`SHA256SUMS` of the installers in `folder`, as `sha256sum --check` reads it. An installer that is taken from
    a stick is checked against it, and the province may sign it."""
    listed = folder / "SHA256SUMS"
    _write_list(listed, [each for each in folder.iterdir() if each.suffix in (".deb", ".exe")])
    return listed


def list_files(program: Path) -> Path:
    """Every file of the finished program, in it: what `verify --data` compares the installed files with."""
    listed = program / "files.sha256"
    _write_list(listed, [each for each in program.rglob("*") if each.is_file() and each != listed])
    return listed


def _write_list(listed: Path, files: Iterable[Path]) -> None:
    lines = []
    for file in sorted(files):
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(listed.parent).as_posix()}\n")
    listed.write_text("".join(lines), encoding="utf-8", newline="\n")


def build(to: Path, asked_version: str, is_tried: bool) -> dict[str, Any]:
    """The installer for this machine's system, in `to`; returns its figures. Raises BuildFailed."""
    facts = version.facts(contents.ROOT, asked_version)
    moment = int(facts["moment"])
    to.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = {"version": facts["version"]}
    with tempfile.TemporaryDirectory(prefix="quay-installer-") as folder:
        work, started = Path(folder), time.monotonic()
        say("freezing the program (minutes)")
        program = freeze(work, moment)
        figures["freeze_seconds"] = round(time.monotonic() - started)
        told = {key: facts[key] for key in ("version", "commit", "time")}
        (program / "_internal" / "build.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
        (program / "VERSION").write_text(facts["version"] + "\n", encoding="ascii")
        depends: list[str] = []
        if not IS_WINDOWS:
            from installer import debian, system

            try:
                depends = system.depends(system.look_through(program), debian.BESIDES)
            except system.UnknownLibrary as error:
                raise BuildFailed(f"Not shipped, and no package is named for it: {error}") from error
        parts = list_parts(program, work, told, depends)
        figures |= {"parts": len(parts), "depends": depends}
        if is_tried:
            say("the finished program tries itself")
            figures["self_test"] = {line["step"]: line["seconds"] for line in try_out(program)}
        files = list_files(program)
        say("packing")
        if IS_WINDOWS:
            from installer import windows

            target = windows.pack(program, work, to, facts)
        else:
            target = pack_debian(program, work, to, facts, depends)
        shutil.copyfile(program / "sbom.cdx.json", target.with_name(f"{target.stem}.cdx.json"))
        shutil.copyfile(files, target.with_name(f"{target.stem}.files.sha256"))
        figures |= {
            "file": str(target), "list": str(list_packages(to)), "bytes": target.stat().st_size,
            "unpacked_bytes": sum(each.stat().st_size for each in program.rglob("*")
                                  if each.is_file() and not each.is_symlink()),
            "seconds": round(time.monotonic() - started), "built": datetime.now(UTC).isoformat(timespec="seconds"),
        }
    return figures


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="installer")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--build-version", default="")
    parser.add_argument("--untried", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        figures = build(chosen.to, chosen.build_version, not chosen.untried)
    except BuildFailed as error:
        sys.stderr.write(f"{error}\nNothing of this build is to be handed out.\n")
        return 1
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
