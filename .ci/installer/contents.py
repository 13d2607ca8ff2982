"""What is in the installed program: our modules, the files beside them, and what of others stays out."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
ROOMS = ("app", "ui", "sync", "resources")

MIGRATIONS = "app/store/migrations"
_TRACES = ("__pycache__", ".pyc")

EXCLUDED_MODULES = [
    # The province's own: a counter's practice province is an SQLite file and checks signatures with cryptography.
    "psycopg", "psycopg_binary", "psycopg_c", "nacl", "boto3", "botocore", "uvloop", "httptools", "watchfiles",
    "websockets", "itsdangerous",
    # Nobody here draws with Tk, debugs, edits a line or reads a terminal.
    "tkinter", "_tkinter", "turtle", "idlelib", "pdb", "curses", "_curses", "readline", "rlcompleter", "pydoc",
    "pydoc_data", "lib2to3", "ensurepip", "venv", "test", "nis", "_dbm", "_gdbm", "ossaudiodev",
    # Tools of the workshop that libraries offer themselves to.
    "pytest", "_pytest", "py", "hypothesis", "mypy", "setuptools", "pip", "IPython", "matplotlib", "PIL.ImageTk",
    "PIL.ImageQt", "PIL._avif", "numpy.f2py", "numpy.testing", "rich", "pygments", "lxml.isoschematron",
    "lxml.objectify", "click.testing", "starlette.testclient", "fastapi.testclient", "httpx", "httpcore", "jinja2",
    "werkzeug", "flask", "yaml", "dateutil", "six",
]
"""Python's own SQLite (`_sqlite3`) stays: SQLAlchemy's dialect asks for its module; no book is opened with it."""

QT_PLUGINS = {
    "egldeviceintegrations": (), "generic": (), "networkinformation": (), "printsupport": None, "platforms": (
        "libqxcb", "libqwayland", "libqoffscreen", "qwindows", "qoffscreen",
    ),
    "platformthemes": ("libqxdgdesktopportal",),
    "platforminputcontexts": ("libcompose", "libibus"),
    "imageformats": ("libqjpeg", "libqsvg", "qjpeg", "qsvg"),
    "multimedia": ("libffmpeg", "ffmpeg"),
    "tls": (), "sqldrivers": (), "qmltooling": (), "assetimporters": (), "position": (), "sensors": (),
}
"""Of each kind of Qt plugin, those that are shipped; None, and a kind not named here: all that there are."""

_UNUSED_QT = re.compile(
    r"(?:lib)?Qt6?(?:VirtualKeyboard|Pdf|3D|Sql|EglF[sS]|WebSockets|OpcUa|Labs|ShaderTools|Designer)\w*(?:\.so|\.dll)"
)
"""Libraries that only plugins which stay out would have needed; Qt's FFmpeg plugin is linked with Quick."""

SHIPPED_SYSTEM_LIBRARIES = re.compile(r"libpython3\.\d+\.so|libmpdec\.so")
"""The rest of what the build machine's system has stays there: the target's own is newer, patched, and the one its
graphics drivers are linked with. libmpdec is the one whose name differs between the releases we serve."""


_INSTALLERS_NOTES = re.compile(r"\.dist-info/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json)$")
"""What pip noted of its own work. RECORD has the hash of a package's commands, whose first line names the folder
of the build; the list of parts is read from the environment, and nothing that runs asks for a package's files."""


def modules() -> list[str]:
    """Every module of ours, also those that are imported by name only; the book's steps are files of their own."""
    found = []
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if "/".join(parts).startswith(f"{MIGRATIONS}/"):
                continue
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    # By name from third parties: the server picks its loop and protocol, Alembic its dialect.
    return [*found, "uvicorn.loops.asyncio", "uvicorn.protocols.http.h11_impl", "uvicorn.lifespan.on",
            "alembic.ddl.sqlite", "logging.config", "keyring.backends", "sqlcipher3.dbapi2", *_system_modules()]


def _system_modules() -> list[str]:
    if sys.platform == "win32":
        return ["keyring.backends.Windows", "comtypes.client", "comtypes.stream"]
    return ["keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet"]


def files() -> list[tuple[str, str]]:
    """The files that ship as files: resources, the book's steps, the verifier that runs anywhere."""
    found = [*(ROOT / "resources").rglob("*"), *(ROOT / MIGRATIONS).rglob("*"), ROOT / "app" / "verifier.py"]
    return [(str(file), str(file.relative_to(ROOT).parent)) for file in sorted(found)
            if file.is_file() and not any(trace in str(file) for trace in _TRACES)]


def is_shipped(name: str, source: str) -> bool:
    """Whether the file that PyInstaller would lay at `name`, taken from `source`, belongs into the program."""
    path = name.replace("\\", "/")
    plugin = re.search(r"/plugins/([^/]+)/([^/]+)$", path)
    if plugin is not None and QT_PLUGINS.get(plugin.group(1)) is not None:
        return plugin.group(2).startswith(QT_PLUGINS[plugin.group(1)] or ("-",))
    if "/Qt/translations/" in path or "PySide6/translations/" in path or "/Qt/qml/" in path:
        return False
    if _UNUSED_QT.search(path.rsplit("/", 1)[-1]) or any(trace in path for trace in _TRACES):
        return False
    if _INSTALLERS_NOTES.search(path) is not None:
        return False
    is_systems = sys.platform != "win32" and re.match(r"(?:/usr)?/lib", source) is not None
    is_pythons = "/python3" in source                     # its own extension modules lie there too
    return not is_systems or is_pythons or SHIPPED_SYSTEM_LIBRARIES.search(path) is not None


def icon() -> str | None:
    """The .ico that the build has drawn, for Windows' .exe; None elsewhere."""
    return os.environ.get("QUAY_ICON") if sys.platform == "win32" else None


def windows_version() -> Any:
    """The version resource of the .exe; None elsewhere."""
    if sys.platform != "win32":
        return None
    from installer.windows import version_resource

    return version_resource()
