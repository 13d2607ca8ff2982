"""Money at a counter: where each đồng lies, who brought it, and what explains it.

    accounts        the places money lies in or is owed to, by name
    movements        amounts between accounts; they always sum to zero
    collection      what a citizen pays, by stream, agency and kind, and the receipts given for it
    denominations   notes and coins, counted
    session         a clerk's cash session: float, what should be in the drawer, the blind count, the difference

Nothing is ever changed: what was wrong is answered by an opposite entry with a reason and a second person. A
difference stays a difference: it is a line, never zeroed and never refused.
"""
