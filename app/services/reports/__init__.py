"""Reports made from the book: each a `ReportTable`, and for each of its figures the dossiers that it counts.

`offered` names them all; nothing here writes.
"""
