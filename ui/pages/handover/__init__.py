"""The Bàn giao page (F4): covers scanned into a list for each agency, and every list followed to its last answer.

    page.py            three views over one another, their keys, and where a scan goes
    making_view.py     agencies with what waits for them; the list being made; what is not scanned yet
    making.py          what a scan and the keys do there: only what lies at the counter for this agency goes on
    lists_view.py      lists at the left, the lines of the chosen one at the right (waiting ones, or all)
    answering.py       answers that are marked and not stored yet, by scanning back or by keys
    list_acts.py       store answers, remind, digest, undo, print again, found
    make_sheet.py answer_sheet.py reason_sheet.py notice_sheet.py found_sheet.py originals_sheet.py
"""
