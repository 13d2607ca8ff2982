"""The Báo cáo page (F8): any report of the office for any period, and what stands behind each of its figures.

    keys.py        what the keys do
    period_bar.py  which days: presets with their keys, one period back and forth
    heads.py       the table's head: groups, titles, the form's own numbers
    figures.py     a report's cells as a model, and how they are drawn
    figure_table.py  the table: the clerk stands on one figure
    chart_view.py  its charts, as they are printed
    report_card.py table or charts with their acts; front.py  the reports, the days and that card
    drilling.py    what stands behind a cell; list_view.py, list_card.py  the list of it
    purposes.py    why persons are looked at
    making.py      a report made beside the window; saving.py  into a spreadsheet or a paper
    page.py        all of them together, and the keys
"""
