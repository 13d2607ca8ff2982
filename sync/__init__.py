"""The courier: takes the journal's new entries to the province, brings back what it says; no window.

Runs in its own process beside the window (`worker`), because a sync thread made a key press three times
slower to paint. The database is the meeting place; a line on stdin says "wake up", lines on stdout say what
changed. The pages of the protocol are `contract` (both ends) and `gateway` (the provincial end).

    core          what a contact decides: pure generators, driven by `engine` and by the tests' simulator
    engine        drives them with the real `book` and the real `line` (`client`, `signing`, `tls`)
    files         documents, after the records
    second_copy   every operation, sealed, on a second medium; a witness at each start, and the way back from it
    bundle        the courier by USB stick: the same core, answered from a file
    reconcile     the daily comparison with the province; it names differences and mends none

What holds: an operation leaves the count of what waits only by the province's own word for it; whatever is cut
off, doubled, late, restored or copied, the next contact goes on from what both sides say they hold. The rules have
mutants in the simulator (`python -m tests.faults.mutants_sync`).
"""

__version__ = "0.1.0"
