"""Spreadsheets in and out: from a file or pasted text to what would happen with each row, without touching anything.

Stations: `reading` (bytes or text -> a table of text cells, whatever the format), `fates` (a table and what is on
record -> the fate of every row), `writing` (headings and rows -> a file). `caseload` and `allocations` say which
columns the two sheets have. Nothing here knows a request or writes to the database.
"""
