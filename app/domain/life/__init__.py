"""The life of a dossier after its reception: a pure fold over what happened to it, in causal order.

`order.in_order` puts the events of one dossier into the order every counter agrees on, `fold.fold` makes the
`Life` out of them, `moves` is the table of what may follow what. An event that the table does not allow at its
place is a conflict that a person settles; it is never an exception and never dropped.
"""
