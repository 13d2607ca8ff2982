"""The courier by hand: bundles on a stick, for weeks without a line.

    place.py      the folder on the stick: files written, synced and read back there; what stands in the way
    make.py       everything unconfirmed, the hello and as many scans as fit, sealed to the province
    word.py       the province's acknowledgement as a file: opened, checked, read part by part
    answering.py  a line and a book that answer the core of a contact from an acknowledgement
    take.py       the same contact as over the line (`sync.core.contact`), driven by those

Making a bundle confirms nothing. Only the province's own word does, and it says in `have` what it holds: a bundle
that is lost, late, or taken twice costs a walk and never a dossier.
"""
