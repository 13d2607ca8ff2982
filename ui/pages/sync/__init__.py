"""The Đồng bộ page (F7): where the work lies, what waits and why, what the province wants mended.

    reading.py          everything the page shows, read in one transaction
    line_words.py       the line and its trouble in plain words
    figures.py          the three honest states, the age of the oldest, what would be lost now
    waiting_card.py     what waits, oldest first
    sent_back_card.py   what needs a person, and closing it with a word on how
    file_progress.py    how far the documents are that go out now
    aside_card.py       documents that do not go out, and why
    machine_card.py     numbers left, packages, clock, key: what keeps this counter able to work
    day_card.py         the last days beside the province's, and the way to each difference
    page.py             puts them together, binds the keys

Nothing here is green that the province has not confirmed.
"""
