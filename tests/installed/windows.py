"""The Windows installer tried on Linux: `python -m tests.installed.windows [--base ROOT.tar]`, as root.

In a clean root NSIS compiles `windows.nsi`, and Wine runs what comes out: silent install, a second version over
the first, removal that keeps the data, another folder with Vietnamese letters, removal with /DATA. What is laid
down is a stand-in, Wine's own notepad under the program's name: to freeze the program itself wants Python for
Windows. Compiled for 64 bit here, because Wine's other half is in few roots. That a program that runs holds its
folder is Windows' doing and not tried: Wine lets it be renamed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.installed.__main__ import TrialFailed, hold, tell
from tests.installed.root import CleanRoot

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "installer" / "windows.nsi"
WINE, SERVER = "/usr/lib/wine/wine64", "/usr/lib/wine/wineserver64"
NOTEPAD = "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/notepad.exe"
PREFIX = "wine"
ACCOUNT = "root"                                   # the clean root's own; Wine's Windows calls her so too
LOCAL = f"{PREFIX}/drive_c/users/{ACCOUNT}/AppData/Local"
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\quay-mot-cua"
HOME = rf"C:\users\{ACCOUNT}\AppData\Local\Programs\quay-mot-cua"
DEEP = Path(*["x" * 60] * 3) / "file.txt"
SURROUNDINGS = {"WINEPREFIX": f"/{PREFIX}", "WINEARCH": "win64", "WINEDEBUG": "-all", "DISPLAY": ""}


class Wine:
    """A root with Wine and NSIS."""

    def __init__(self, root: CleanRoot) -> None:
        self.root = root

    def install(self) -> None:
        self.root.run("apt-get", "-qq", "update")
        self.root.run("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y",
                      "--no-install-recommends", "wine", "wine64", "nsis")
        self.run("wineboot", "-i")

    def run(self, *words: str) -> None:
        """Wait for the program and all that it has started. Raises CalledProcessError."""
        self.root.run("sh", "-c", f'{WINE} "$@" && {SERVER} -w', "sh", *words,
                      surroundings=SURROUNDINGS)

    def compile(self, version: str) -> str:
        """The installer of a stand-in that says `version`; its name for Windows."""
        place = self.root.folder / "trial"
        program = place / "program"
        (program / "_internal" / DEEP).parent.mkdir(parents=True, exist_ok=True)
        (program / "_internal" / DEEP).write_text("deep", encoding="ascii")
        (program / "VERSION").write_text(version, encoding="ascii")
        shutil.copyfile(self.root.folder / NOTEPAD, program / "quay-mot-cua.exe")
        shutil.copyfile(SCRIPT, place / "windows.nsi")
        name = f"quay-mot-cua-{version}-win64.exe"
        self.root.run("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode",
                      "-DPROGRAM=/trial/program", f"-DVERSION={version}", f"-DNUMBERS={version}.0",
                      f"-DTARGET=/trial/{name}", "/trial/windows.nsi")
        return f"Z:\\trial\\{name}"

    def path(self, inside: str) -> Path:
        return self.root.folder / LOCAL / inside


def run(wine: Wine) -> None:
    wine.install()
    tell("wine", ready=True)
    first, second = wine.compile("0.6.1"), wine.compile("0.6.2")
    home = wine.path("Programs/quay-mot-cua")
    wine.run(first, "/S")
    hold((home / "program/VERSION").read_text() == "0.6.1", "the first version lies there")
    hold((home / "program/_internal" / DEEP).exists(), "with its deepest file")
    links = [each.name for each in (wine.root.folder / PREFIX / "drive_c/users").rglob("*.lnk")]
    hold("Quầy Một Cửa.lnk" in links, f"the menu shows it: {links}")
    wine.run("reg", "query", KEY, "/v", "UninstallString")
    tell("installed", version="0.6.1")
    book = wine.path("quay-mot-cua/counter.db")
    book.parent.mkdir()
    book.write_text("book", encoding="ascii")
    wine.run(second, "/S")
    hold((home / "program/VERSION").read_text() == "0.6.2", "the second version lies there")
    hold((home / "former/VERSION").read_text() == "0.6.1", "the first one is kept beside it")
    tell("upgraded", former="0.6.1")
    wine.run(HOME + r"\uninstall.exe", "/S", f"_?={HOME}")
    hold(not (home / "program").exists() and not (home / "former").exists(), "both are gone")
    hold(book.read_text() == "book", "the data stay")
    tell("removed", data="kept")
    wine.run(second, "/S", r"/D=C:\Chỗkhác\quầy")
    elsewhere = wine.root.folder / PREFIX / "drive_c/Chỗkhác/quầy"
    hold((elsewhere / "program/VERSION").exists(), "it lies where it was asked to")
    wine.run(r"C:\Chỗkhác\quầy\uninstall.exe", "/S", "/DATA", r"_?=C:\Chỗkhác\quầy")
    hold(not (elsewhere / "program").exists() and not book.exists(), "with /DATA the data go too")
    tell("removed", data="removed")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.installed.windows")
    parser.add_argument("--suite", default="bookworm")
    parser.add_argument("--base", type=Path, help="a tar of a minimal root, instead of mmdebstrap")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="quay-windows-") as place:
        wine = Wine(CleanRoot(Path(place) / "root"))
        wine.root.make(chosen.suite, chosen.base)
        try:
            run(wine)
        except TrialFailed as failed:
            tell("failed", what=str(failed))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
