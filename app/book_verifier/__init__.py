"""Check the book in a data folder without the program that wrote it.

    found = verify_book(Places(folder / "counter.db", …), Secrets(book_key, seal_key))

Only Python, SQLCipher and a library of ciphers are used; nothing is imported from this program, and nothing is
written. What is looked at:

    opening.py   every page under its seal, every tree, every reference
    rows.py      every row of every table: the sum of its marks against the running seal, the schema, the story
    counts.py    counts and the index of names, which are under no seal: counted anew from the rows
    lines.py     the journal: chain, signatures, columns; its heads where others hold them; the province's word
    medium.py    the second copy, record by record, against the journal
    files.py     scans, backups, what lies beside the keys, what waits to take the book's place
    program.py   the installed program's own files
    words.py     one sentence for each finding, Vietnamese and English

What it cannot find: who holds the secret of the seal, the device's own key and our source can write a false
history of what only this machine knows (settings, drafts, the tray). The journal they cannot change behind what
the province has confirmed, the second copy holds and paper bears.
"""

from app.book_verifier.findings import Break, Findings, Places, Secrets
from app.book_verifier.program import check_program
from app.book_verifier.whole import STEPS, verify_book, verify_open_book
from app.book_verifier.words import sentence

__all__ = [
    "STEPS", "Break", "Findings", "Places", "Secrets", "check_program", "sentence", "verify_book",
    "verify_open_book",
]
