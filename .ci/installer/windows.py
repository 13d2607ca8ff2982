"""The finished folder as a per-user installer for Windows, by NSIS 3 (`makensis`)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from installer.version import facts, numbers

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "windows.nsi"
_USUAL_PLACE = Path(r"C:\Program Files (x86)\NSIS\makensis.exe")


def makensis() -> str | None:
    """NSIS' compiler, None where there is none."""
    found = shutil.which("makensis")
    return found or (str(_USUAL_PLACE) if _USUAL_PLACE.exists() else None)


def command(compiler: str, program: Path, target: Path, version: str, icon: Path | None) -> list[str]:
    """How the script is compiled: warnings are errors."""
    told = {"PROGRAM": str(program), "VERSION": version, "TARGET": str(target),
            "NUMBERS": ".".join(map(str, numbers(version)))} | ({"ICON": str(icon)} if icon else {})
    return [compiler, "-V2", "-WX", "-INPUTCHARSET", "UTF8",
            *(f"-D{name}={value}" for name, value in told.items()), str(SCRIPT)]


def pack(program: Path, work: Path, to: Path, known: Mapping[str, str]) -> Path:
    """Write the installer for the frozen `program` into `to`. Raises subprocess.CalledProcessError."""
    from installer import icons

    compiler = makensis()
    if compiler is None:
        raise FileNotFoundError("makensis: install NSIS 3")
    icon = work / "quay-mot-cua.ico"
    icons.write_ico(icon)
    target = to / f"quay-mot-cua-{known['version']}-win64.exe"
    subprocess.run(command(compiler, program, target, known["version"], icon), check=True)
    return target


def version_resource() -> Any:
    """What the .exe says of itself in Windows' own window, as PyInstaller wants it."""
    from PyInstaller.utils.win32 import versioninfo as info

    version = facts(HERE.parent.parent)["version"]
    strings = {"ProductName": "Quầy Một Cửa", "FileDescription": "Quầy Một Cửa", "ProductVersion": version,
               "FileVersion": version, "OriginalFilename": "quay-mot-cua.exe", "LegalCopyright": "Apache-2.0"}
    vietnamese, unicode_page = 0x042A, 1200
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers(version), prodvers=numbers(version)),
        kids=[info.StringFileInfo([info.StringTable(
            f"{vietnamese:04x}{unicode_page:04x}", [info.StringStruct(*each) for each in strings.items()])]),
            info.VarFileInfo([info.VarStruct("Translation", [vietnamese, unicode_page])])])
