"""A book on a network share loses locks and fsyncs; it is refused before the first byte is written.

Source: sqlite.org "SQLite Over a Network, Caveats and Considerations".
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.errors import EnvironmentFault

NETWORK_KINDS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "fuse.sshfs",
     "fuse.rclone", "fuse.davfs", "davfs", "fuse.glusterfs", "vboxsf", "fuse.vmhgfs-fuse"}
)
DRIVE_REMOTE = 4


def refuse_network_share(folder: Path) -> None:
    """Raise `network_share` when `folder` lies on another machine's disk."""
    resolved = folder.resolve()
    if sys.platform == "win32":
        is_remote = _is_remote_on_windows(resolved)
    else:
        is_remote = file_system_kind(resolved, _mounts()) in NETWORK_KINDS
    if is_remote:
        raise EnvironmentFault("network_share", folder=str(folder))


def file_system_kind(folder: Path, mounts: list[tuple[str, str]]) -> str:
    """Kind of the file system that holds `folder`, by the longest mount point above it; "" when unknown."""
    best = ("", "")
    above = {str(folder), *map(str, folder.parents)}
    for mount_point, kind in mounts:
        if mount_point in above and len(mount_point) >= len(best[0]):
            best = (mount_point, kind)
    return best[1]


def _mounts() -> list[tuple[str, str]]:
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:                       # no /proc (macOS): nothing is known, nothing is refused
        return []
    fields = [line.split() for line in lines]
    return [(line[1].replace("\\040", " "), line[2]) for line in fields if len(line) >= 3]


def _is_remote_on_windows(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes  # only Windows has windll

    windll = getattr(ctypes, "windll")  # noqa: B009  mypy on Linux does not know the name
    return bool(windll.kernel32.GetDriveTypeW(folder.anchor) == DRIVE_REMOTE)
