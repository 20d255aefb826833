"""Documents: what each kind says (frozen when it is issued), how it looks, and the way from a request to a file.

`kinds` names the four kinds in one place. `issuing` numbers and freezes; `making` lays out, stores and tries again;
`rendering` is the only module that knows WeasyPrint. Of each kind, `..._content` gathers what it says from the record
and `..._pages` turns that, and nothing else, into pages.
"""
