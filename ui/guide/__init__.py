"""The guide through a first dossier: a card at the side that says the next step and its key.

    window, form, cable, courier ──read──> Seen ──present(Seen)──> Step ──> GuideCard

It follows what has really happened. `present` knows no order of its own that the clerk must keep: it is asked anew
whenever the window shows something else, and says what is next from there. Who does other things meanwhile comes
back to the same step; who is quicker finds the card ahead. What cannot be read from the window any more (she has
looked at the receipt) is noted once in `Progress` and kept beside the practice book.
"""
