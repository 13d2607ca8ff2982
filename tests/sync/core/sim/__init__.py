"""A province, its offices and everything that happens to them, in memory and in one thread: same seed, same trace.

The counter's decisions are the product's own (`sync.core`), and what the province does with a pushed operation is
too (`sync.gateway.plan`). The rest is a model of what surrounds them: a book whose transactions are whole or never
were, a line that loses, doubles and delays, disks that are copied and put back, a second copy, people.

    operations.py  what is journalled, signed and sent     machine.py   a PC: its disk, its witness, its crashes
    book.py        one counter's durable book              line.py      requests and answers that go astray
    pulling.py     what a book does with the feed          asking.py    answers the asks of a contact
    province.py    custody, feed, epochs, files            world.py     the places, the papers, who holds what
    leasing.py     numbers in advance                      history.py   what happens, by the dice
    promises.py    what must be true at every moment, and at the end
    rules.py       the rules of the model, each of which can be left out to see whether it is missed
"""
