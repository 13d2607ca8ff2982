"""Luyện tập: the whole counter, with a province of its own on this machine, and nothing in it that is real.

    quay-mot-cua practice ─> the window ── its own folder and book
                               │  └──── the courier, as every day
                               └─ PracticeRoom ── the province: `python -m sync.gateway` on SQLite, on loopback
                                       │            (pulled out and plugged in again: really ended and started)
                                       ├─ the strip over every page, the window's title
                                       ├─ sample cards and a sample scanner
                                       └─ the guide through a first dossier (`ui.guide`)

Nothing is shortened: window, book, courier and gateway are those of every day. What is different is decided once,
by `app.practice`: papers and exports are marked, papers go to files, nothing is written or spoken to elsewhere.
The province holds the other end of a pipe: it ends when the window does, however that ends.
"""
