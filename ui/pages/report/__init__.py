"""The Báo cáo page (F8): any report of the office for any period, and the dossiers behind each of its figures.

    keys.py        what the keys do
    period_bar.py  which days: presets with their keys, one period back and forth
    heads.py       the table's head: groups, titles, the form's own numbers
    figures.py     a report's cells as a model, and how they are drawn
    figure_table.py  the table: the clerk stands on one figure
    list_view.py   the dossiers behind a figure
    saving.py      to a spreadsheet or a paper, beside the window
    page.py        the reports, the table, and the way into its figures
"""
