"""How this program starts a helper process of its own: one place to know it, frozen or not."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def helper_command(module: str, arguments: Sequence[str] = ()) -> list[str]:
    """The command line that runs `module` (one of ours, with a `__main__` guard) in a process of its own."""
    return [sys.executable, "-m", module, *arguments]


def helper_environment() -> dict[str, str]:
    """The surroundings of a helper: ours, UTF-8 spoken, and one thread for number work, of which the pages are
    the parallel part."""
    return os.environ | {
        "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1",
    }
