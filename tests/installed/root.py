"""A clean Debian root to install into, in which commands run with their own processes and mounts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_INTO = ('mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount -t tmpfs tmpfs "$0/tmp" '
         '&& exec chroot "$0" "$@"')


class CleanRoot:
    """A minimal system in `folder`. Its network is this machine's, its processes end with the command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, suite: str, base: Path | None) -> None:
        """From the tar `base`, else by mmdebstrap. Takes over how this machine reaches its package archive."""
        self.folder.mkdir(parents=True)
        if base is not None:
            subprocess.run(["tar", "-xf", str(base), "-C", str(self.folder), "--numeric-owner"], check=True)
        else:
            subprocess.run(["mmdebstrap", "--variant=minbase", "--include=ca-certificates", suite,
                            str(self.folder)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for file in ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt"):
            if (Path("/") / file).exists():
                (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path("/") / file, self.folder / file)
        for setting in Path("/etc/apt/apt.conf.d").glob("*"):
            if "Acquire" in setting.read_text(encoding="utf-8"):
                shutil.copyfile(setting, self.folder / "etc/apt/apt.conf.d" / setting.name)
        # As container images do: packages start no services.
        policy = self.folder / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        policy.chmod(0o755)

    def begin(self, command: Sequence[str], user: str = "root", surroundings: Mapping[str, str] | None = None,
              **how: object) -> subprocess.Popen[str]:
        """Start `command` inside as `user`; the caller waits."""
        home = "/root" if user == "root" else f"/home/{user}"
        told = {"HOME": home, "USER": user, "LOGNAME": user, "PATH": _PATH, "LANG": "C.UTF-8",
                **(surroundings or {})}
        if user != "root":
            command = ["runuser", "-u", user, "--", "sh", "-c", 'cd && exec "$@"', "sh", *command]
        return subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", _INTO, str(self.folder),
             "env", "-i", *(f"{name}={value}" for name, value in told.items()), *command],
            stdin=subprocess.DEVNULL, text=True, encoding="utf-8", errors="replace", **how)  # type: ignore[call-overload,no-any-return]

    def run(self, *command: str, user: str = "root", surroundings: Mapping[str, str] | None = None,
            may_fail: bool = False) -> str:
        """Run `command` inside and return what it printed. Raises CalledProcessError, with its words."""
        process = self.begin(command, user, surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, complaints = process.communicate()
        if process.returncode and not may_fail:
            raise subprocess.CalledProcessError(process.returncode, list(command), out, complaints)
        return out
