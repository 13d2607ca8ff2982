"""The log of obstacles (vướng mắc), opened over Hôm nay with V: a month at a time, noted, answered, taken along.

    page.py      the month's list and its keys
    sheets.py    noting one and writing its answer down; the first is also asked from a dossier
"""
