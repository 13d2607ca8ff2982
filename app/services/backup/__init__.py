"""The whole book as one encrypted file, taken often, proved each time, and the way back from it.

The **second copy** (`sync.second_copy`) holds every operation at once, and for the province to open. A
**backup** is the whole book of one moment, with everything that is no operation (parked forms, settings, what
sync remembers), and on a medium also the scans. After a restore the second copy and the province give back what
was done since.

    figures.py    what a book holds, in numbers: two books are compared by them
    names.py      how a backup is called, and those that lie in a folder
    take.py       copy, sync, read back, only then name it; the oldest go
    scans.py      the scans that a medium lacks
    rehearse.py   open the newest, work its tables out anew, compare it with the book of now
    restore.py    put one in the place of a book that is damaged or gone, which is kept aside
    mend.py       operations that can still be read in the book that was put aside
    asides.py     which of the books that were put aside are wanted no more
    known.py      what the book remembers of its backups

A backup opens with the book's own key, which lies where the book's key lies; without it, it is worth nothing.
"""
