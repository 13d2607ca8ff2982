"""A book in a folder that OneDrive, Google Drive, Dropbox … carry away is refused before its first byte.

They copy what they see to machines of others, also in the middle of a write, and bring older files back over newer
ones. A folder is known by what the service says of itself (OneDrive's environment variables), by the marks that it
leaves at the top of what it carries, and by the names that it gives.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from app.errors import EnvironmentFault

_SAID = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_MARKS = (
    ("Dropbox", (".dropbox.cache", ".dropbox.device")),        # ".dropbox" lies in every home that has it
    ("Google Drive", (".tmp.drivedownload", ".tmp.driveupload")),
    ("Nextcloud", (".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db", "._sync_*.db")),
    ("Syncthing", (".stfolder",)),
    ("MEGA", (".megaignore", ".debris")),
)
_NAMES = (
    ("OneDrive", re.compile(r"onedrive(?: - .+)?$", re.IGNORECASE)),
    ("Google Drive", re.compile(r"(?:google ?drive(?:fs)?|googledrive-.+|drivefs)$", re.IGNORECASE)),
    ("Dropbox", re.compile(r"dropbox(?: \(.+\))?$", re.IGNORECASE)),
    ("iCloud", re.compile(r"(?:icloud ?drive|com~apple~clouddocs)$", re.IGNORECASE)),
    ("Box", re.compile(r"box(?: sync|-box)$", re.IGNORECASE)),
    ("pCloud", re.compile(r"pcloud ?drive$", re.IGNORECASE)),
)


def refuse_cloud_folder(folder: Path) -> None:
    """Raise EnvironmentFault `cloud_folder` (folder, service) when some service carries `folder` away."""
    service = carried_by(folder.resolve(), os.environ)
    if service:
        raise EnvironmentFault("cloud_folder", folder=str(folder), service=service)


def carried_by(folder: Path, said: Mapping[str, str]) -> str:
    """Name of the service that carries `folder`, "" when none is known. `said`: the environment."""
    above = (folder, *folder.parents)
    for name in _SAID:
        if said.get(name, "").strip() and Path(said[name]).resolve() in above:
            return "OneDrive"
    for each in above:
        for service, named in _NAMES:
            if named.match(each.name):
                return service
        for service, marks in _MARKS:
            if _has_mark(each, marks):
                return service
    return ""


def _has_mark(folder: Path, marks: tuple[str, ...]) -> bool:
    try:
        return any(next(folder.glob(mark), None) is not None if "*" in mark else (folder / mark).exists()
                   for mark in marks)
    except OSError:                                # a folder above that this account may not look into
        return False
