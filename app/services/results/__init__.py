"""Results: taken in from the agency, waiting on the shelf, given to the citizen against two scans, fetched back.

    take_in          results.taken_in    one list of one agency; shelf labels, list paper when it brought none
    return_result    result.returned     receipt and result scanned, collector checked, originals and money settled
    recall_return    return.recalled     it went to the wrong person
    shelve_again     result.shelved      back on the shelf: recalled, undelivered, or moved
    take_fee         fee.taken           thu sau, taken before the return
    move_original    original.moved      one original to the citizen, or wherever it turned up

Nothing is written that the table of moves refuses; what the table cannot know (that two scans belong together,
that this person may collect) is refused here before it is asked.
"""
