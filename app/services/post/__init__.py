"""Results that go home by post, and papers that are fetched there.

    pool.py         the item codes handed to this counter: take a range in, offer one, make one void, figures
    posting.py      a result leaves the shelf with an item code, a receiver and the money the postman takes
    listing.py      the daily list of what goes with the next run
    following.py    the post's word on an item; back to the shelf; a posting called off before it left
    pickups.py      papers fetched at the citizen's door, until their reception
    rule.py         what an office sets: its delivery post office, the cut-off, when codes run low

Everything works without the line: codes were handed out before, the post's word is entered by hand or scanned.
What two counters did apart with one code is found by `app.store.queries.post.code_clashes` and shown.
"""
