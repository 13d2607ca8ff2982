"""From one version of the program to the next, with a way back at every moment.

    take_over.py  an older book: backup, steps and proof in one transaction; whatever fails leaves it as it was
    word.py       what a version that could not take the book over leaves for the one that goes on
    go_back.py    an older program finds a newer book in which nothing has been done yet
    package.py    a package that came by hand: is it whole, is it newer, who vouches for it

The steps are proved before they are committed: a kill, a full disk or a broken step at any moment leaves either
the old book or the new one, and never needs a repair. So the backup of before is only for what nobody thought of.
"""
