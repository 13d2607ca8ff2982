"""The Tiếp nhận page: one page of five steps in the order of the talk with the citizen.

    form.py        what is on the page, as values with a JSON form (no Qt)
    choosing, persons, paper_answers, money_entries    what a key changes: form → form (no Qt)
    filled.py      form ↔ app.domain.intake.Intake (no Qt)
    findings.py    what still hinders reception and what is doubtful (no Qt)
    words.py       the folded lines
    *_step.py      one widget per step: shows a form, emits the next one
    receipt_column.py    the receipt coming true
    page.py        holds the form, the present step and the keys

Every step widget has `show_form(form)` and the signal `edited(form)`; none keeps state of its own.
"""
