"""Installing a package once this program has ended: what runs cannot be replaced, and the system refuses to.

A starter outlives us. It waits for our end and that of our helpers, lets the system install, leaves the system's
word beside the package, and opens the program again, whichever version there is then.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.own_program import is_installed
from app.services.upgrade.package import NAME, Package, install_command, is_newer

OUTCOME = "outcome"
_SH = """
while kill -0 "$1" 2>/dev/null; do sleep 0.2; done
outcome=$2 version=$3 again=$4 home=$5; shift 5
left=100
while [ -n "$home" ] && [ $left -gt 0 ] && grep -sqa -e "^$home/" /proc/[0-9]*/cmdline; do
    sleep 0.2; left=$((left - 1))
done
"$@"
echo "$? $version" > "$outcome"
[ -z "$again" ] || exec "$again"
"""
# Not run on Windows.
_POWERSHELL = (
    "Wait-Process -Id {process} -ErrorAction SilentlyContinue; "
    "$done = Start-Process -Wait -PassThru -FilePath {program} -ArgumentList {arguments}; "
    "\"$($done.ExitCode) {version}\" | Out-File -Encoding ascii {outcome}; "
    "Start-Process -FilePath {again}"
)


def install_after(process: int, package: Package, platform: str = sys.platform) -> Sequence[str]:
    """The starter's command: once `process` has ended, `package` is installed and the program opened again.

    Raises what `install_command` raises, before anything has to end.
    """
    command = install_command(package, platform)
    outcome = package.file.with_name(OUTCOME)
    if platform == "win32":
        words = _POWERSHELL.format(
            process=process, program=_quoted(command[0]), arguments=_quoted(" ".join(command[1:])),
            outcome=_quoted(str(outcome)), version=package.version, again=_quoted(sys.executable),
        )
        return ("powershell", "-NoProfile", "-WindowStyle", "Hidden", "-Command", words)
    again = shutil.which(NAME) or ""
    home = str(Path(sys.executable).parents[1]) if is_installed() else ""     # program and former lie in it
    return ("/bin/sh", "-c", _SH, "sh", str(process), str(outcome), package.version, again, home, *command)


def failed_install(updates: Path, current: str) -> int | None:
    """The exit code with which the system refused the newest package; None: it did not, or it is in use now."""
    with suppress(OSError, ValueError):
        code, version = (updates / OUTCOME).read_text(encoding="ascii").split()
        return int(code) or None if is_newer(version, current) else None
    return None


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
