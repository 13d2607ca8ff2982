"""Personal accounts at this counter: grants of the province, secrets, sign-in, and what needs a second person.

    grants    the province's word on who works here, checked against its key each time the counter is read
    switch    whether anybody signs in here at all, by what the province signed
    verifier  argon2id of a secret, bound to this machine's key
    tries     how often a secret was wrong: in the book and beside the keys, whichever says more
    sign_in   one try, counted before it is judged; the first secret; a shift lead's "try again"
    rights    what the clerk may, for whatever is no line of the journal
"""
