"""What a contact decides, without a clock, a socket or a file: generators that ask and are told.

    contact() ──yields──► an ask (`asks`) ──► whoever drives it does it and sends the answer back
              ◄──throws── what the line said no with (`sync.errors`)

Each ask to the book is one transaction, each ask to the line one request; between any two of them the power may
go, an answer may be lost or come twice, and the next contact goes on from what both sides say they hold. The real
driver is `sync.engine` with the book and `sync.client`; the simulator of the tests drives the very same
generators through crashes, restored disks and restored provinces by the hundred thousand. A rule that matters for
"nothing lost, nothing twice" therefore stands here and nowhere else on the counter's side.

    contact.py    the order of one contact            meeting.py  what do you hold, what do we hold
    sending.py    batches, halving, the sealed lane   catching.py the feed, and the stop before a mass change
    recovery.py   an older disk, a new epoch          offering.py what a restored province has lost of others
    patience.py   a wait of a second or two           pace.py     how much at once on this line
"""
