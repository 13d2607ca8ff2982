"""The cupboard on the stairs: things without behaviour, opened by every room, opening none.

Fonts and styles, icons, sounds, forms, translations, help, the starter catalogue, the calendar, the demo office.
They ship as real files, also in a frozen program.
"""
