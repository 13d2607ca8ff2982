"""Letting go of what this machine no longer needs, by the terms that the province sets in the office file.

- `kept`     what is known here of a dossier whose scans lie on this machine, and which contents it alone needs
- `purging`  the daily run: one batch one transaction, journalled before a byte is removed, resumed after a kill
- `view`     what is due, what was done, what stands in the way: for Quản trị

Only scans leave. A content goes when every dossier that names it may let it go, and the province has said of each
of its files that it holds the whole. Order: the line `scans.purged` and the rows, committed; then the files, under
the write lock, so that a page which comes again at that moment is not taken for the old one. What a kill leaves
lying is removed by the next run, and by the nightly check of the scans.

What it rules out: a name in the line (codes, digests and counts only), and personal data in the journal itself.
Operations stay as they were signed: the chain of an audit trail whose texts one may take out proves nothing, so
`personal_months` is carried for the report on a person, and by itself removes nothing yet. Whoever builds that:
the projection is to be blanked by an operation of its own, applied like any other, so that a rebuilt book and
`verify` see the same; and a payload under the province's seal stands in place of the text as JSON of the one field
`sealed`, beside the hash and signature that stay. A verifier then checks its place and its neighbours' `prev`, and
says "sealed, not checkable here" of the rest, never "whole" and never "broken".
"""
