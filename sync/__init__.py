"""The courier: takes the journal's new entries to the province, brings back what it says; no window.

Runs in its own process beside the window (`worker`), because a sync thread made a key press three times
slower to paint. The database is the meeting place; a line on stdin says "wake up", lines on stdout say what
changed. The pages of the protocol are `contract` (both ends) and `gateway` (the provincial end).
"""

__version__ = "0.1.0"
