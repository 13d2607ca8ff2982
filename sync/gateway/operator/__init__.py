"""The page for the province's operator: what the gateway holds, what waits for a person, and what a person may do.

    python -m sync.gateway operator-token --name "…" --data DIR [--database URL]     a key of one's own, shown once
    python -m sync.gateway operator --data DIR [--database URL] [--port N]           serve the page

A process and a port of its own beside the gateway, loopback unless TLS or a proxy stands in front; all it keeps is
in the database. Whoever opens it brings an operator's token; each act is written down under its owner's name.

    serve → app ─┬─ people      operators, their tokens, what they did (`operator_acts`, append-only)
                 ├─ counters    who called last, what it said it holds, how far it has read
                 ├─ forks       both branches side by side; the content only on purpose and written down
                 ├─ waiting     verdicts that wait, dossiers that lack files, slots that run out
                 ├─ bridge_page what the national database would not take
                 └─ pages ─ markup, words, style        Vietnamese, HTML without a script

No citizen's data stands on a page but the content of an operation in a fork, once it is opened with a reason.
"""
