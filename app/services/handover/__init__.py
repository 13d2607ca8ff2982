"""Hand-over (bàn giao): dossiers leave for their agency on a manifest, and somebody there answers for each line.

    making.py          a manifest of one agency: number, run, originals that travel, papers; undone until answered
    acknowledging.py   what the receiving side says, line by line, scanned back or by the signed paper; found
    answering.py       which answers and extras an acknowledgement may hold
    reminding.py       the exact words to whoever has not answered, and that they were sent
    digest.py          what waits for one agency today, on one paper
    drafts.py          what was scanned and not yet made, kept over a restart

A manifest is known by the id of the operation that made it; its number is for paper and people. How a line stands
is never written down by an act: it follows from the lives of its dossiers (`app.domain.manifest.line_state`), so
two counters that worked apart see the same lines, and the one that lost sees that its line is in dispute.
"""
