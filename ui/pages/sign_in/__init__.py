"""The lock screen: who works here, and her secret. It stands alone in the window, over whatever was there.

    people_list.py   the clerks of this counter, each with how she stands in a word
    forms.py         what is asked: a secret; a personal code and a new secret; a shift lead's secret for another
    page.py          puts them together, tries beside the window, counts waits down
"""
