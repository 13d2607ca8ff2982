"""The answer to "what do you hold about me": found by the number of a document, kept in the journal, then shown.

- `finding`    every line of the journal, entry of the feed and unfinished form in which the number stands
- `answering`  from there to dossiers, contacts, prints, money, looks and terms; the line `data.asked` beside it

Read from the signed texts themselves, not from the search index: what a screen does not show is held all the same.
"""
