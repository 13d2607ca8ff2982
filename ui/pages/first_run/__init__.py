"""Chuẩn bị máy: what a new counter still lacks, step by step, each proved by what was really seen.

    words.py        names, states and icons of the steps
    steps_list.py   the steps at the left
    panel.py        what every step's panel is: words, an act, what came of it
    province.py, printer.py, scanner.py, medium.py, restart.py, recovery.py, secret.py    the panels
    page.py         puts them together
"""
