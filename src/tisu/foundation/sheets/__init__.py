"""Tables as offices keep them: read from XLSX, XLS, ODS and CSV, found on the sheet, understood, and written.

reader.py    the file as rows of text, in a child process (foundation.bounded)
merged.py    merged cells, also those of an ODS
opening.py   the same from outside: faults become sentences
layout.py    where on the sheet the table stands: titles, headers of two lines, notes, totals
values.py    what a cell means: days, months, yes and no, money, codes
words.py     the Han words that all of this knows
declared.py  what a room declares: columns, imports, exports
writing.py   XLSX and CSV, in which nothing can run
"""
