"""Questions over a page. A `Sheet` covers the window, keeps the focus inside, and gives it back.

No sheet runs an event loop of its own: it is opened, and its signal tells the answer. Keys are the same on all:
Enter does what the button says, Esc goes back and has changed nothing.
"""
