"""What the program takes from the system it is installed on, read from the files that are shipped.

The libraries that shipped files ask for and that are not shipped themselves must each stand in `PACKAGES`, else
the build stops: a dependency that nobody wrote down is found here and not in a post office.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = {
    # soname: Debian 12, Debian 13, Ubuntu 22.04 and 24.04 alike; `|` where a release renamed it (64-bit time)
    "libX11-xcb.so.1": "libx11-xcb1", "libX11.so.6": "libx11-6", "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2", "libXrender.so.1": "libxrender1",
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0",
    "libdrm.so.2": "libdrm2", "libgbm.so.1": "libgbm1",
    "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3", "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0", "libgio-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1", "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0", "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb-sync.so.1": "libxcb-sync1", "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1", "libxcb-dri3.so.0": "libxcb-dri3-0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libcups.so.2": "libcups2t64 | libcups2", "libpulse.so.0": "libpulse0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6", "libgcc_s.so.1": "libgcc-s1", "libatomic.so.1": "libatomic1",
    "libbrotlicommon.so.1": "libbrotli1", "libbrotlidec.so.1": "libbrotli1",
    "libz.so.1": "zlib1g", "libbz2.so.1": "libbz2-1.0", "libbz2.so.1.0": "libbz2-1.0",
    "liblzma.so.5": "liblzma5", "libzstd.so.1": "libzstd1",
    "libexpat.so.1": "libexpat1", "libffi.so.8": "libffi8", "libuuid.so.1": "libuuid1",
    "libssl.so.3": "libssl3t64 | libssl3", "libcrypto.so.3": "libssl3t64 | libssl3",
    "libsqlite3.so.0": "libsqlite3-0", "libcrypt.so.1": "libcrypt1",
}
GLIBC = re.compile(r"(?:lib(?:c|m|dl|rt|pthread|util|resolv)|ld-linux-(?:x86-64|aarch64))\.so")


class UnknownLibrary(Exception):
    """A shipped file wants a library that is neither shipped nor in `PACKAGES`; holds which and who."""


@dataclass(slots=True)
class Wanted:
    """What some files ask of the system: sonames, each with a file that wants it, and the newest glibc."""

    libraries: dict[str, str] = field(default_factory=dict)
    glibc: tuple[int, ...] = (2, 0)


def is_elf(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def read_wanted(dumped: str, name: str, wanted: Wanted) -> None:
    """Add to `wanted` what `objdump -p` said of the file `name`."""
    for soname in re.findall(r"^\s+NEEDED\s+(\S+)", dumped, re.MULTILINE):
        wanted.libraries.setdefault(soname, name)
    for version in re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)", dumped):
        wanted.glibc = max(wanted.glibc, tuple(int(part) for part in version.split(".")))


def look_through(folder: Path) -> Wanted:
    """What the files under `folder` want from outside of it. Needs `objdump`, as PyInstaller does."""
    wanted, shipped = Wanted(), set()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            shipped.add(file.name)
        if is_elf(file):
            done = subprocess.run(["objdump", "-p", str(file)], check=True, capture_output=True, text=True)
            read_wanted(done.stdout, file.name, wanted)
    wanted.libraries = {soname: by for soname, by in wanted.libraries.items() if soname not in shipped}
    return wanted


def depends(wanted: Wanted, besides: Iterable[str] = ()) -> list[str]:
    """The Debian dependencies for `wanted`, sorted. Raises UnknownLibrary."""
    unknown = {soname: by for soname, by in wanted.libraries.items()
               if soname not in PACKAGES and not GLIBC.match(soname)}
    if unknown:
        raise UnknownLibrary(", ".join(f"{soname} (wanted by {by})" for soname, by in sorted(unknown.items())))
    packages = {PACKAGES[soname] for soname in wanted.libraries if soname in PACKAGES}
    glibc = ".".join(str(part) for part in wanted.glibc)
    return [f"libc6 (>= {glibc})", *sorted(packages | set(besides))]
