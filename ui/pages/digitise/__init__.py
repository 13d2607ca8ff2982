"""The Số hóa hồ sơ page: scanned pages under the papers of one dossier, looked at, put right, filed.

    reading.py      everything the page shows, read in one transaction
    cells.py, items.py, words.py    pages and papers as rows, in words (no widget)
    acting.py       the clerk's acts on the arrangement; moving.py, aiming.py: pages sent to a paper
    filing.py       checks, metadata, reuse, and filing what is ready
    scanning.py     the scanner chosen, its pages counted
    other_ways.py   the ways beside the scanner: camera, files (importing.py), addresses and folders (sources.py)
    viewing.py      which picture stands large, in how many points; looking.py: over all the room
    left_column.py (scan_card.py, items_view.py, tray_box.py), pages_card.py, view_card.py, about_sheet.py: widgets
    keys.py         which key does what
    showing.py      everything filled in after anything that happened
    page_acts.py, paper_acts.py     keys and buttons on the chosen pages, on the paper in hand
    page.py         puts them together

The pages themselves, their arrangement and its undo live in `ui.background.page_intake`, one per intake.
"""
