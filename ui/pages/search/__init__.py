"""The Tra cứu page (F3): one box for everything, one table, and the lists behind the counts of the start screen.

    dossier_table.py   the table of dossiers, also used by Hôm nay
    list_bar.py        the lists to choose from, each with its key and its count
    lists_sheet.py     every list there is, with its count
    register_sheet.py  the register (sổ theo dõi) of a period: which book, printed or as a file
    nothing_found.py   what is said when nothing was found
    person_search.py   one line in the journal for each search for a person
    purpose_words.py, purpose_sheet.py  why persons are searched for, chosen once a shift
    page.py            box + table: what is typed replaces the list, Esc brings it back
"""
