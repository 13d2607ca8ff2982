"""The Hôm nay page (Home): what waits for this counter, what came from outside, what the office must mend.

    reading.py       everything the page shows, read in one transaction
    tiles.py         the counts; each opens exactly its list
    late_card.py, late_sheet.py       what is overdue, by who holds it, by agency, by clerk
    shift_sheet.py   the change of shift: what is left, who takes over
    alarm_words.py   alarms as sentences that tell what to do
    alarm_card.py, outside_card.py    the two cards at the right
    page.py          puts them together, binds the keys

A count and its list share one condition in `app.store.queries.dossiers`; nothing is counted here.
"""
