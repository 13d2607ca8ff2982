"""The Thu phí page (F6): the cash session of this counter, what was collected, what money waits.

    keys.py          which key does what
    reading.py       everything the page shows beside its lists, read in one transaction
    session_card.py  whose session is open; blind: what should lie in the drawer is never shown
    waits.py         what waits: outside a session, unconfirmed, receipts left, to be handed on
    views.py         the seven lists: columns, sources, counts, what each offers
    finding.py       the line above all money
    bar.py           the lists to choose from and the acts of the one in front, as buttons
    acting.py        the sheets of session and collection    banking.py   those of bank, remittance, receipts
    page.py          puts them together, binds the keys
"""
