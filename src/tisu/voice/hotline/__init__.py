"""Work orders of the hotline 12345: the first source from outside that becomes reports.

models.py    what is kept of a work order beside its report, and what the hotline's categories mean here
orders.py    a work order taken in, and taken in again
table.py     the sheet as the hotline's centre gives it out
headers.py   what stands above its columns
views.py     what categories mean, for the office
"""
