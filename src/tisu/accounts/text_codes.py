"""Six digits sent to a mobile number: made, sent by the worker, compared, used once."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tisu.accounts.models import TextCode, User
from tisu.foundation.rooms import NotSent, declared
from tisu.foundation.textnorm import narrow

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
DIGITS = 6
AGAIN = timedelta(seconds=30)  # when a gateway did not take it
MOST_ATTEMPTS = 3
MOST_A_DAY = 5  # of one account, so that nobody floods a stranger's phone at the county's cost
DAY = 24 * 3600


def sender():
    """The way to a phone, or None: this installation has no gateway."""
    return next((way for way in declared("text_senders") if way.is_ready()), None)


@transaction.atomic
def make_code(user: User | None, purpose: str, number: str) -> TextCode:
    """A new code; the one before it is void. For nobody, the same work is done and nothing is sent."""
    if user is not None:
        user.text_codes.filter(purpose=purpose).delete()
    row = TextCode(user=user, purpose=purpose, number=number, until=timezone.now() + LIFE)
    row.code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row.due_at = timezone.now() if user is not None else None
    row.save()
    return row


def count_code(key: str) -> None:
    """ValidationError when so many were asked for within a day."""
    key = f"text-codes:{key}"
    asked = cache.get(key, 0)
    if asked >= MOST_A_DAY:
        raise ValidationError(_("Too many codes were asked for today: try again tomorrow."))
    cache.set(key, asked + 1, DAY)


def fits(key: object, typed: str) -> TextCode | None:
    """The row when the digits are right and in time. Every wrong ones count; the right ones are used by deleting it."""
    with transaction.atomic():
        row = TextCode.objects.select_for_update().filter(pk=key, until__gt=timezone.now()).first()
        if row is None or row.tries >= MOST_TRIES:
            return None
        if constant_time_compare(narrow(typed).strip(), row.code.open()):
            return row
        TextCode.objects.filter(pk=row.pk).update(tries=row.tries + 1)
    return None


def due_codes():
    return TextCode.objects.filter(due_at__lte=timezone.now()).order_by("due_at")


def send_one_code() -> bool:
    """One round of the worker. What the gateway did not take is tried again, three times within a code's life."""
    with transaction.atomic():
        row = due_codes().select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return False
        row.attempts += 1
        again = timezone.now() + AGAIN
        row.due_at = again if row.attempts < MOST_ATTEMPTS and again < row.until else None
        row.save(update_fields=["attempts", "due_at"])
    way = sender()
    if way is None or row.until <= timezone.now():
        TextCode.objects.filter(pk=row.pk).update(due_at=None)
        return True
    try:
        way.send(str(row.pk), row.number, _words(row))
    except NotSent:
        return True
    TextCode.objects.filter(pk=row.pk).update(due_at=None)
    return True


def spent_codes():
    return TextCode.objects.filter(until__lte=timezone.now())


def _words(row: TextCode) -> str:
    with translation.override(row.user.language or settings.LANGUAGE_CODE):
        return _("Tisu: your code is %(code)s. It is valid for 10 minutes. Never tell it to anyone.") % {
            "code": row.code.open()
        }
