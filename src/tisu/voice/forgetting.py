"""A discipline report leaves its number, the time and the officer, and nothing else (domain.md M10.1, kind B).

The loop empties the matter and what its events say. What is emptied here is the room's own, and the reports
that it was split from, because their text holds the same words. The sealed answer to a request stays for its
24 hours: it says receipt and number only, and keeps a retry from bringing the words in again.
"""

from tisu.loop.erasing import DISCIPLINE_RULE, erase_matter
from tisu.loop.stages import Result, Screening
from tisu.voice.hotline.orders import forget_order
from tisu.voice.models import Identity, Message, Report


def forget_content(report: Report) -> None:
    """Empty the report and what it was split from; the wall stays, so that the accused learns nothing now."""
    for row in (report, *report.split_from()):
        _empty(row)
        if row != report:
            erase_matter(row.matter, rule=DISCIPLINE_RULE)
    if not _keeps_a_part(report.root):
        Identity.objects.filter(report=report.root).delete()


def _empty(report: Report) -> None:
    Message.objects.filter(report=report).delete()
    report.openings.update(reason="")
    forget_order(report)
    report.title = report.text = report.topic = ""
    report.accused_unit = report.responsible_unit = report.enterprise = None
    report.save()


def _keeps_a_part(root: Report) -> bool:
    """Another part is still handled here, so its reporter must stay within reach."""
    parts = root.parts.exclude(matter__result=Result.SPLIT)
    return parts.exclude(matter__screened_as=Screening.DISCIPLINE).exists()
