"""Money at the counter: each function is one act in the caller's transaction and one line of the journal.

    session      open_session, move_cash, close_session
    collecting   collect: what a citizen pays, with its receipts
    undoing      void_collection, refund: opposite entries with a reason and a second person
    receipts     the numbers of receipts: from a series handed to this counter, or of a temporary slip
    reading      what is open, what is owed, what lies where
    listing      the cash book as a screen lists it, page by page
    dues         what a dossier still owes
    later_fees   thu sau: in the cash book and in the dossier at once
"""
