"""The light table's own process: `python -m app.imaging.child LIMITS PARENT`, jobs in and answers out by pipe.

    in    {"job": name, "seconds": processor time, "sizes": [lengths of the parts of the content], …}
    out   {"event": "ready"} once, then for each job any number of {"event": "page", …} and one
          {"event": "done", …} or {"event": "failed", "kind": "refusal"|"fault", "code": …, "values": {…}}

It binds itself (`app.imaging.limits`) before the first foreign byte. After a lack of memory it ends: what is
left of its address space is in pieces.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, BinaryIO

from app.errors import EnvironmentFault, KnownError, Refusal
from app.framing import BrokenFrame, Frame, read_frame, write_frame
from app.imaging.limits import Limits, allow_processor, confine, peak_memory


def main(limits: Limits, parent: int) -> None:
    """Answer jobs until the other side closes the pipe."""
    answers = _take_over_stdout()
    sys.dont_write_bytecode = True         # no file may be written, so none is tried
    from app.imaging import jobs

    jobs.warm_up()                         # all that weighs something, before the limit is set
    confine(limits.memory, parent, limits.step_back)
    write_frame(answers, {"event": "ready"})
    while (frame := _next_job(limits)) is not None:
        allow_processor(float(frame.head["seconds"]))
        try:
            for head, content in jobs.run(frame, limits):
                write_frame(answers, head | {"peak": peak_memory()}, content)
        except KnownError as error:
            write_frame(answers, _failure(error))
        except MemoryError:
            write_frame(answers, _failure(EnvironmentFault("light_table_memory")))
            return
        except Exception as error:
            write_frame(answers, _failure(EnvironmentFault("light_table_failed", cause=_place_of(error))))


def _next_job(limits: Limits) -> Frame | None:
    try:
        # A document's pages may weigh what the document may, and their text layers beside it.
        return read_frame(sys.stdin.buffer, max_content=2 * limits.most_bytes)
    except BrokenFrame:
        return None


def _failure(error: KnownError) -> dict[str, Any]:
    return {
        "event": "failed", "kind": "refusal" if isinstance(error, Refusal) else "fault",
        "code": error.code, "values": error.values, "peak": peak_memory(),
    }


def _place_of(error: Exception) -> str:
    """Kind and line of a fault, without its text: that may quote the citizen's page."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    name = os.path.basename(trace.tb_frame.f_code.co_filename)       # noqa: PTH119 - a name, not a path
    return f"{type(error).__name__} {name}:{trace.tb_lineno}"


def _take_over_stdout() -> BinaryIO:
    """The answers' pipe, out of reach of libraries that print."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


if __name__ == "__main__":
    main(Limits(**json.loads(sys.argv[1])), int(sys.argv[2]))
