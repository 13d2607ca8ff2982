"""Letting go of what this machine no longer needs, by the terms that the province sets in the office file.

- `kept`       what is known here of a dossier, and which contents nobody else needs
- `purging`    the daily run for scans: a batch is a transaction, journalled before a byte goes, taken up again
- `unlisting`  the same for people: out of lists and search when the term of months is over
- `telling`    the line that a run writes
- `view`       what is due, what was done, what stands in the way: for Quản trị

A content goes when every dossier that names it may let it go, and the province has said of each of its files that
it holds the whole. Order: the line `scans.purged` and the rows, committed; then the files, under the write lock,
so that a page which comes again at that moment is not taken for the old one. What a kill leaves lying is removed
by the next run, and by the nightly check of the scans.

People leave lists and search by the line `persons.unlisted`, which is applied like any other: a rebuilt book and
the verifier see the same. What was said of them stays in the signed journal, under the book's key: the chain of an
audit trail whose texts one may take out proves nothing, and a province restored from a backup asks for those very
texts. Whoever goes further: a payload under the province's seal would stand in place of the text as JSON of the
one field `sealed`, beside the hash and the signature that stay. Nothing writes that yet, so the verifier calls it
what it is today: a text that was not signed. Who begins to write it teaches the verifier whose word counts for it.
"""
