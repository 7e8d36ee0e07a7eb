"""The figure of the leader's page, equal to the list that its link opens."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext

from tisu.foundation.rooms import Tile
from tisu.liaison.models import Contact


def _unconfirmed(user):
    return Contact.objects.visible_to(user).standing().filter(answer="")


TILES = (
    Tile(
        "liaison-unconfirmed",
        _("Contacts that the firm has not confirmed"),
        _unconfirmed,
        lambda user: f"{reverse('liaison:contacts')}?answer=none",
        order=70,
        unit=lambda n: npgettext("unit", "contact", "contacts", n),
    ),
)
