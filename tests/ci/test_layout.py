"""What a stranger's clone shows: the owner's top-level names, and two commands that the scripts know."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from types import ModuleType

TOP_LEVEL = {"app", "ui", "resources", "sync", "tests", "pyproject.toml", "build_installer.py", "README.md",
             "LICENSE", "CHANGELOG.md"}


def tracked(root: Path) -> list[str]:
    # A checkout mounted into a container may belong to another user.
    done = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=root, check=True,
                          stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return done.stdout.rstrip("\0").split("\0")


def commands_of(text: str) -> list[str]:
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]


def test_top_level_holds_the_owners_names_only(root: Path) -> None:
    names = {path.split("/")[0] for path in tracked(root)}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_readme_states_the_two_commands_the_script_knows(root: Path, start: ModuleType) -> None:
    commands = commands_of((root / "README.md").read_text(encoding="utf-8"))
    ours = [command for command in commands if command.startswith("python3 .ci/start.py")]
    assert ours == ["python3 .ci/start.py", "python3 .ci/start.py test"]
    assert [start.read_arguments(command.split()[2:]).what for command in ours] == ["demo", "test"]


def test_the_proof_runs_readmes_second_command(root: Path) -> None:
    lines = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec python3 .ci/start.py test </dev/null"


def test_the_readme_is_short(root: Path) -> None:
    assert len((root / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
