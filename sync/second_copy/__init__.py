"""The second copy: every operation of this counter, sealed, on a medium of its own, before its paper is printed.

    disk.py       the few things asked of a medium; a test puts one in its place that fails
    medium.py     the folder on the medium and how it is told from another one
    survey.py     what lies on it: how far it reaches, what is lacking, what cannot be read
    keeper.py     bring the medium up to the book: write, sync, read back, only then count it
    witness.py    a medium that knows more than the book stops the numbers
    restore.py    bring own operations back from the medium into an older book
    forward.py    hand the sealed records to the province, from a new PC that cannot open them
    serve.py      the keeper's own process, beside the window: a medium that hangs hangs nobody else
    in_time.py    the same for a command, within the time that a citizen may wait

Order is always: commit, second copy, paper. A medium that is missing, full or slow is said and never waited for.
"""
