"""What the house says of its own accord: one question to the firm, one gentle reminder to the leader, no more."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tisu.accounts.models import Delegation, PostHolding, StandIn, User
from tisu.foundation import clock
from tisu.inbox.models import Message
from tisu.inbox.services import tell
from tisu.liaison.compliance import compliance_of
from tisu.liaison.models import Contact, Pairing
from tisu.liaison.obligations import Outcome, a_week_before
from tisu.liaison.papers import PAIRINGS, about_pairing
from tisu.liaison.periods import Month, month_of
from tisu.liaison.queries import PairingQuerySet

CONFIRM, REMIND = "liaison-confirm/1", "liaison-month/1"


def confirm_words(contact: Contact) -> Callable[[], str]:
    return lambda: _("%(post)s keeps in touch with you: were you contacted on %(day)s?") % {
        "post": contact.pairing.post, "day": contact.on,
    }  # fmt: skip


def silent() -> PairingQuerySet:
    """Pairings without a contact in this month, in its last week, of which nobody was reminded yet."""
    today, month = clock.today(), month_of(clock.today())
    if today < a_week_before(month.last):
        return Pairing.objects.none()
    contacts = Contact.objects.counted().between(month.first, month.last)
    told = Message.objects.filter(
        rule=REMIND, period=month.code, about_kind=PAIRINGS.code, about_key=OuterRef("pk")
    )
    rows = Pairing.objects.on(today).lasting_beyond(month.last).for_rows()
    return rows.exclude(post__in=contacts.values("pairing__post")).filter(~Exists(told)).order_by("pk")


def to_remind() -> list[Pairing]:
    """Those of them for which something is still owed."""
    month = month_of(clock.today())
    return [row for row in silent() if _is_open(row, month)]


def remind_one() -> bool:
    """Tell one leader, and whoever stands in. False when nobody is to be told now."""
    row = next(iter(to_remind()), None)
    if row is None:
        return False
    month = month_of(clock.today())
    tell(
        rule=REMIND,
        about=about_pairing(row),
        period=month.code,
        recipients=_people_at(row),
        subject=lambda: _("Not yet in touch with %(firm)s this month") % {"firm": row.firm},
        url="/liaison/new",
    )
    return True


def _is_open(row: Pairing, month: Month) -> bool:
    found = compliance_of(Pairing.objects.filter(post=row.post_id), month.first, month.last)
    is_owed = any(line.outcome(month, found.today) == Outcome.OPEN for line in found.lines)
    return is_owed and _people_at(row).exists()


def _people_at(row: Pairing):
    held = PostHolding.objects.on().filter(post=row.post_id).values("user")
    secretaries = Delegation.objects.on().filter(post=row.post_id, kind=StandIn.SECRETARY).values("user")
    return User.objects.filter(is_active=True, pk__in=held) | User.objects.filter(
        is_active=True, pk__in=secretaries
    )
