"""The seal over the book: a row that was not changed by this program is found, whoever has the key of the book.

    marks.py     what one row counts for, and the sums of whole tables
    seals.py     the running seal: kept with each commit, read and begun anew
    witness.py   how many commits there were, kept beside the keys

Each row has a mark under a secret of its own, which lies beside the book's key and not in the book. The seal holds
the sum of the marks of each table, so a commit costs what it changed, and a tag over all sums and the number of
commits. Triggers that live in the connection alone report each row as it changes, whichever statement or trigger
changed it. The stand-alone verifier works the sums out anew with code of its own.

Not under the seal, because they can be counted anew from rows that are: the counts of `RECOUNTED`, the index of
names, and the text of an operation, which its hash speaks for.
"""
