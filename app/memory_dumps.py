"""A program that crashes leaves no picture of its memory: the key of the book and citizens' names would be in it.

Linux: no core file (RLIMIT_CORE, which what we start inherits), and none through a collector such as
systemd-coredump or apport either, which does not ask that limit: the process says of itself that it is not to be
dumped (PR_SET_DUMPABLE, prctl(2)). With that, no other program of the same account may look into it.
Windows: no report with a dump (SEM_NOGPFAULTERRORBOX), and where the house collects reports all the same, none
with the heap (WER_FAULT_REPORTING_FLAG_NOHEAP).

Not covered: what the system puts into its swap or hibernation file. The key lies in Python's and SQLite's memory
in more copies than could be locked there; swap must be encrypted by the system (BitLocker, LUKS, zram).
"""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4
_NO_FAULT_BOX = 0x0001 | 0x0002                    # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX
_NO_HEAP = 1


def leave_no_memory_dump() -> None:
    """Bind this process for good. A system that does not let us goes on without: that is no reason not to work."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_FAULT_BOX)
        set_flags = getattr(kernel, "WerSetFlags", None)
        if set_flags is not None:
            set_flags(_NO_HEAP)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        no = ctypes.c_ulong(0)
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, no, no, no, no)
