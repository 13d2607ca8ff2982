"""The Hồ sơ page: one dossier, opened from a list, a search or a scan of one of its papers.

    reading.py      everything the page shows, read in one transaction
    story.py        what happened, as timeline entries (no widget)
    scan_story.py   what was digitised of it, for the same timeline
    life_story.py   what happened after reception, and whose word each thing is
    due_history.py  every change of the date and every pause, for the card and for "vì sao?"
    trouble.py      what needs a person now, the gravest first
    acts.py         supplement, withdrawal, the agency's papers, conflicts: which sheet fits the state
    field_words.py  names of the fields a correction changed
    facts.py        chips, papers, fees and the deadline in words (no widget)
    superseded.py   what a scanned receipt says about itself, and which sentence follows from it
    header.py, papers_card.py, fee_card.py, person_card.py, deadline_card.py,
    side_cards.py, buttons.py    one widget each
    page.py         puts them together, binds the keys
"""
