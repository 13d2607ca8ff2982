"""Papers printed from operations: which paper an operation gives, and the fate of each print.

`builders` has one function a paper, from the stored operation to the frozen values that `app.printing` draws; so a
paper printed again says what the first one said. `prints` keeps every print until somebody saw it come out.
"""
