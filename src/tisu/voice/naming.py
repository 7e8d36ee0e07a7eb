"""From anonymous to named: the reporter's own step, once, and never back (design intake.md, check 7)."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from tisu.loop.faults import Conflict, Unacceptable
from tisu.voice.models import Identity, Report
from tisu.voice.services import LONGEST_CONTACT, discipline_channel, one_line, write_as_reporter


@transaction.atomic
def name_reporter(*, report: Report, contact: str) -> None:
    """Seal a contact with an anonymous report, its parts included. The caller holds the receipt's row.

    The dialogue says that it was left, so that office and reporter both see when.
    """
    contact = one_line("contact", contact, LONGEST_CONTACT)
    if not contact:
        raise Unacceptable.at("contact", _("One thing is missing: say how to reach you."))
    if report.is_discipline:
        raise Conflict(discipline_channel())
    if not report.anonymous or Identity.objects.filter(report=report).exists():
        raise Conflict(_("This report has a name already: it is left once and not changed."))
    Identity.objects.create(report=report, contact=contact)
    Report.objects.filter(Q(pk=report.pk) | Q(origin=report)).update(anonymous=False)
    report.anonymous = False
    with translation.override(settings.LANGUAGE_CODE):
        write_as_reporter(report=report, text=_("I have left my name and how to reach me."))
