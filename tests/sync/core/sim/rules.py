"""The rules of the model that can be left out. Rules of `sync.core` are left out by changing its source."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "intent_key": "one form is one dossier: its key is unique in the journal",
    "commit_before_print": "commit, then second copy, then paper",
    "own_range_per_epoch": "a new epoch gets numbers that nobody had",
    "place_unique": "the province has each (device, epoch, seq) once",
    "commit_before_answer": "`taken` is said after the commit",
    "feed_in_transaction": "feed positions are given inside the writing transaction",
    "cursor_with_page": "page and cursor are applied in one transaction",
    "cursor_of_incarnation": "a cursor belongs to one incarnation of the province",
    "number_in_transaction": "the number's counter is in the journal's transaction",
    "witness_at_start": "after a start the witnesses are asked before a number is given",
    "local_witness": "a small witness lies beside the keys, outside the data folder",
    "second_copy": "every operation goes to the second medium before the paper",
    "incarnation": "a restored province says that it is another one",
    "keep_confirmed": "what is confirmed stays in the journal",
    "keep_neighbours": "operations of the office's other counters are kept with their signatures",
    "branches_held": "what was adopted beside a neighbour's chain is held as the chain is",
    "both_chains_held": "what the chain of another province had in the place of this one's is given as well",
    "fencing": "a new epoch ends the one before",
    "device_lock": "one push of a device at a time",
    "held_leases": "a counter says its leases to a province that came back",
    "window_waits": "for days that the lost database may have leased no slot counts as free",
    "reserve_apart": "for those days new slots come from a reserve that is used at no other time",
    "reserve_in_parts": "a restore in the window of another has its own part of the reserve",
    "own_slot_in_time": "a holder's own slot is its own only while an earlier restore kept others from it",
    "past_epochs": "an enrolment says the epochs that the book has lived through",
    "request_kept": "the request of a new epoch is on the disk before it is sent",
    "request_dropped": "a book of which a witness has seen a later epoch forgets its request of a new one",
    "request_outlives_old_news": "a witness that has seen no later epoch leaves the request of a new one alone",
    "later_epoch_on_medium": "a second copy is such a witness, also while numbers are stopped already",
    "request_once": "a request is answered with its epoch only while that epoch is empty",
    "token_of_request": "the same request gets the same token, however late it comes",
    "epochs_left_out": "a province that came back passes over epochs that it may have begun",
    "medium_says_past": "a second copy also says the epochs, keys and leases of its counter",
    "author_signature": "only what the author signed is taken",
    "author_key_said": "the first operation of an epoch comes with the province's word for its key",
    "author_key_checked": "a key is taken back only by the province's own signature",
    "import_checks_chain": "what is imported follows what is here",
    "number_day_never_back": "no number of a day earlier than one that was used",
    "closed_day": "of a closed day no number is given out",
    "branch_kept": "the province keeps both sides of a fork",
    "forwarded_again": "a second copy that was handed in is handed in again to a province that came back",
    "branch_kept_again": "a branch is kept again by a province that came back",
    "hash_compared": "the same place with other bytes is a fork, not the same operation",
    "chain_compared": "an operation follows the one that the province holds",
    "sealed_says_prev": "a sealed operation says what it follows, and is compared like any other",
    "range_once": "two leases of one range on one day give each of its numbers once",
    "lapsed_slot_waits": "a slot whose days had run out by the restore is not leased to its holder either",
    "gap_refused": "what lies behind a gap is not taken",
    "file_whole": "a file is complete when all of it is there",
    "file_offset": "a chunk is taken where the last one ended",
    "files_asked_again": "a province that came back is asked for every file it once had",
    "all_epochs_count": "the outbox counts every epoch of this device",
    "lease_once": "a number once leased is leased to nobody else",
    "both_values_kept": "two edits of one version are both kept",
    "stop_means_stop": "while numbers are stopped none is given out",
    "sealed_is_forwarded": "a new PC hands in the old one's second copy",
    "order_of_commit": "readers of the feed see positions in order of commit",
}


class Rules:
    """All of them, but for those in `without`."""

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        unknown = without - RULES.keys()
        if unknown:
            raise ValueError(f"no such rule: {sorted(unknown)}")
        self.without = without
        for name in RULES:
            setattr(self, name, name not in without)

    def __getattr__(self, name: str) -> bool:      # for the reader of types: every rule is a truth value
        raise AttributeError(name)
