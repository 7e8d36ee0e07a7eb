"""What a letter says: asked anew whenever it is sent, because sight and state may have changed since."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.accounts.models import PostHolding, User
from tisu.audit.models import Anchor
from tisu.inbox.channels import Parcel
from tisu.inbox.models import Delivery, Message
from tisu.inbox.models.message import MessageQuerySet

MOST_LINES = 30
INBOX, SETTINGS = "inbox:messages", "inbox:settings"


def parcel_for(row: Delivery) -> Parcel | None:
    """The letter, in its reader's language; None when there is nothing left to say.

    Nothing is left when the recipient has read it, may no longer see its subject, or may no longer sign in.
    """
    place = row.destination
    with translation.override(_language(row)):
        words = _of_anchor(row.anchor) if row.anchor else _of_words(row)
    if words is None:
        return None
    secret = place.secret.open() if place.secret else ""
    return Parcel(key=str(row.key), address=place.address.open(), secret=secret, **words)


def _of_words(row: Delivery) -> dict[str, str] | None:
    return _of_code(row) if row.message is None and row.digest is None else _of_messages(row)


def _of_anchor(anchor: Anchor) -> dict[str, Any]:
    """What docs/audit.md compares: number, day, root and how many chains grew. It names nobody and nothing."""
    told = {
        "number": anchor.number,
        "day": anchor.day.isoformat(),
        "root": anchor.root,
        "chains": anchor.leaves,
    }
    return {"subject": "", "text": "", "brief": "", "url": "", "told": told}


def _language(row: Delivery) -> str:
    user = row.destination.user
    return user.language if user and user.language else settings.LANGUAGE_CODE


def _of_code(row: Delivery) -> dict[str, str] | None:
    place = row.destination
    if place.is_confirmed or not place.can_still_be_confirmed:
        return None
    code = place.code.open()
    brief = _("Tisu: your code is %(code)s. It is valid for 30 minutes.") % {"code": code}
    text = _("%(code)s is the code with which you confirm this address. It is valid for 30 minutes.") % {
        "code": code
    }
    otherwise = _("If you did not ask for it, do nothing.")
    subject = _("Tisu: confirm your address")
    return {"subject": subject, "text": f"{text}\n{otherwise}", "brief": brief, "url": _address(SETTINGS)}


def _of_messages(row: Delivery) -> dict[str, str] | None:
    if row.destination.unit:
        return _of_robot(row)
    asked = Message.objects.filter(pk=row.message_id) if row.message else row.digest.messages.all()
    told = _seen(asked.unread(), row.destination.user)
    if not told:
        return None
    return _of_one(told[0]) if row.message else _of_digest(told)


def _seen(messages: MessageQuerySet, user: User) -> list[Message]:
    return list(messages.shown_to(user).order_by("pk")) if user.is_active else []


def _of_robot(row: Delivery) -> dict[str, str] | None:
    """A group has readers who may not see the matter: it learns that there is something, not what.

    It learns of it while anyone of the unit who was told may still see it.
    """
    told = Message.objects.told_like(row.message)
    people = User.objects.filter(
        messages__in=told, holdings__in=PostHolding.objects.on().filter(post__unit=row.destination.unit_id)
    )
    if not any(_seen(told, user) for user in people.distinct()):
        return None
    brief = _("%(unit)s: there is something urgent to do. Please sign in and see to it.") % {
        "unit": row.destination.unit.short_name
    }
    return {"subject": brief, "text": brief, "brief": brief, "url": _address(INBOX)}


def _of_one(message: Message) -> dict[str, str]:
    return {
        "subject": message.subject,
        "text": "\n\n".join(filter(None, [message.subject, message.text])),
        "brief": _brief(1),
        "url": settings.PUBLIC_URL + message.url if message.url else _address(INBOX),
    }


def _of_digest(told: list[Message]) -> dict[str, str]:
    lines = [" · ".join(filter(None, [row.subject, row.text])) for row in told[:MOST_LINES]]
    lines = [f"{place}. {line}" for place, line in enumerate(lines, 1)]
    if len(told) > MOST_LINES:
        lines.append(_("… and %(count)s more.") % {"count": len(told) - MOST_LINES})
    subject = ngettext("Tisu: %(count)d message", "Tisu: %(count)d messages", len(told)) % {
        "count": len(told)
    }
    return {"subject": subject, "text": "\n".join(lines), "brief": _brief(len(told)), "url": _address(INBOX)}


def _brief(count: int) -> str:
    """Named for nobody and nothing: a phone's lock screen has other readers."""
    sentence = ngettext(
        "You have %(count)d thing to see to. Please sign in.",
        "You have %(count)d things to see to. Please sign in.",
        count,
    )
    return sentence % {"count": count}


def _address(view: str) -> str:
    return settings.PUBLIC_URL + reverse(view)
