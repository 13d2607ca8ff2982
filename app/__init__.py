"""The office: the rules of a dossier, the book it is kept in, the papers, the devices on the desk.

No Qt and no network in here. Inside, imports run `bootstrap → services → (store | printing | devices) → domain`;
the three in brackets do not see each other.

One idea carries everything. Each thing that happens at the counter is one signed **operation** in an
append-only **journal**, written in the same transaction as the number it takes and the tables it changes:

    reception ─► take number ─► append operation ─► update tables ─► COMMIT ─► paper
                                     │
              outbox = seq > confirmed · audit trail = hash chain · recovery = replay

So the outbox cannot disagree with the book, nobody can change a line unseen, and the tables can be worked out
again at any time (`services.rebuild`).
"""
