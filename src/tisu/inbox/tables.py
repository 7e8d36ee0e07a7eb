"""Letters that fail, as a sheet: neither what is said nor to whom, as on the page."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tisu.accounts.gates import is_one
from tisu.foundation.sheets.declared import Column, Export
from tisu.inbox.channels import channel_of
from tisu.inbox.faultwords import in_words
from tisu.inbox.models import Delivery, Destination, Status
from tisu.orgs.models import Role

AT_ONCE = 500


def way_of(place: Destination) -> Any:
    channel = channel_of(place.channel)
    return channel.label if channel else place.channel


def _rows(user: Any, query: QueryDict) -> Iterator[Delivery]:
    rows = Delivery.objects.troubled().select_related("destination__unit").order_by("-pk")
    stuck = set(Delivery.objects.stuck().values_list("pk", flat=True))
    for row in rows.iterator(chunk_size=AT_ONCE):
        row.is_stuck = row.pk in stuck
        yield row


def _destination(row: Delivery) -> str:
    place = row.destination
    return " · ".join(filter(None, (str(way_of(place)), place.masked, str(place.unit or ""))))


def _next(row: Delivery) -> str:
    if row.status == Status.STUCK:
        return ""
    return f"{timezone.localtime(row.due_at):%Y-%m-%d %H:%M}"


def _state(row: Delivery) -> str:
    return pgettext("letter", "stuck") if row.is_stuck else pgettext("letter", "tried again")


LETTERS_OUT = Export(
    code="letters",
    label=_("Letters that fail"),
    columns=(
        Column("destination", _("Destination"), said=_destination),
        Column("state", _("State"), said=_state),
        Column("attempts", _("Attempts"), said=lambda row: row.attempts),
        Column("next", _("Next attempt"), said=_next),
        Column("fault", _("Last fault"), said=lambda row: str(in_words(row.fault) or "")),
    ),
    allowed=is_one(Role.SYSTEM_ADMIN),
    rows=_rows,
    by_persons_only=True,
)
