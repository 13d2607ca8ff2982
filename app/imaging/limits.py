"""How much a helper process may take before the system ends it: memory, processor time, files, life without us.

Linux: resource limits and `prctl`. Windows: a Job Object. Both are set by the helper upon itself, after its own
imports, so that the limit counts what the foreign bytes cost and not what the program itself weighs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from dataclasses import dataclass

from app.memory_dumps import leave_no_memory_dump

_MEGABYTE = 1 << 20
_STEP_BACK = 5                             # on two cores the window is served first


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may cost. Sizes in bytes, times in seconds of the wall clock."""

    memory: int = 480 * _MEGABYTE          # resident, of one helper process
    page_seconds: float = 10.0             # to prepare, preview or split off one page
    document_seconds: float = 60.0         # to make or read a whole document
    most_bytes: int = 64 * _MEGABYTE       # of one foreign file, and of one document
    most_pages: int = 500
    most_pixels: int = 72_000_000          # decoded: A3 at 600 dpi has 70 million
    step_back: int = _STEP_BACK            # behind the window in priority; 19 is behind everybody
    worked_pixels: int = 36_000_000        # larger pictures are halved before work: A4 at 600 dpi has 35 million


def confine(memory: int, parent: int, step_back: int = _STEP_BACK) -> None:
    """Bind this process for good: it dies with `parent`, steps back behind the window, gains no rights, writes no
    file, dumps no core, and its resident memory cannot pass `memory` bytes. Processes it starts inherit all but
    the first."""
    leave_no_memory_dump()
    if sys.platform == "win32":
        _confine_in_job(memory, parent)
        if step_back > _STEP_BACK:
            _step_behind_all()
        return
    import resource

    os.nice(step_back)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        die_with_parent(parent)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        space, resident = _own_memory()
        free = max(memory - resident, 0)
        resource.setrlimit(resource.RLIMIT_AS, (space + free, space + free))


def allow_processor(seconds: float) -> None:
    """From now on this process may compute for `seconds` more; then the system ends it (SIGXCPU)."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def peak_memory() -> int:
    """The most bytes that were ever resident in this process; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    # Not getrusage: after a fork it still counts what the parent had.
    with open("/proc/self/status", encoding="ascii", errors="replace") as stream:      # noqa: PTH123
        kilobytes = next((line.split()[1] for line in stream if line.startswith("VmHWM:")), "0")
    return int(kilobytes) * 1024


def die_with_parent(parent: int) -> None:
    """Linux ends this process when the THREAD that started it ends; a parent that is already gone ends it now."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)):
        raise OSError(ctypes.get_errno(), "prctl")


def _own_memory() -> tuple[int, int]:
    """Address space and resident part of this process, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as stream:      # noqa: PTH123 - no pathlib in a helper's path
        pages = stream.read().split()
    size = os.sysconf("SC_PAGE_SIZE")
    return int(pages[0]) * size, int(pages[1]) * size


def _step_behind_all() -> None:
    """Windows: runs when nobody else wants to; what it starts inherits that."""
    if sys.platform == "win32":
        from ctypes import wintypes

        idle_priority = 0x40
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetPriorityClass.argtypes = [wintypes.HANDLE, wintypes.DWORD]
        if not kernel.SetPriorityClass(kernel.GetCurrentProcess(), idle_priority):
            raise ctypes.WinError(ctypes.get_last_error())


def _confine_in_job(memory: int, parent: int) -> None:
    """Windows: a Job Object of one's own, and a thread that waits for the parent's end."""
    if sys.platform != "win32":
        return
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER), ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD), ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t), ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t), ("PriorityClass", wintypes.DWORD), ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", Basic), ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t), ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t), ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    process_memory, die_on_exception, kill_on_close = 0x100, 0x400, 0x2000
    extended_limits, synchronize, forever = 9, 0x00100000, 0xFFFFFFFF
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.WaitForSingleObject.argtypes = [wintypes.HANDLE, wintypes.DWORD]
    job = kernel.CreateJobObjectW(None, None)
    wanted = Extended()
    wanted.BasicLimitInformation.LimitFlags = process_memory | die_on_exception | kill_on_close
    wanted.ProcessMemoryLimit = memory
    watched = kernel.OpenProcess(synchronize, False, parent)
    if (
        not job or not watched
        or not kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(wanted), ctypes.sizeof(wanted))
        or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    ):
        raise ctypes.WinError(ctypes.get_last_error())

    def follow() -> None:
        kernel.WaitForSingleObject(watched, forever)
        os._exit(1)

    threading.Thread(target=follow, name="follows its parent", daemon=True).start()
