"""The Bưu chính page: results that go home by post, and papers that are fetched there.

    keys.py          which key does what
    views.py         the five lists: columns, sources, counts, what each offers
    bar.py           the lists to choose from and the acts of the one in front, as buttons
    acting.py        the sheet of each act; scans that open one
    send_sheet.py    receiver, address, money, item code       word_sheet.py    the post's word and its moment
    back_sheet.py    back to the shelf, or out of the bag      code_sheets.py   a range of codes, a void code
    call_sheet.py    a call for papers at home                 move_sheet.py    the next step of a pick-up
    alarms.py        the bars over the lists: a code on two covers, codes that run low
    page.py          puts them together
"""
