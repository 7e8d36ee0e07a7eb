"""An issue that was raised with a leader as a kind of matter."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tisu.liaison.models import Contact, RaisedIssue
from tisu.liaison.raising import KIND
from tisu.loop.kinds import Kind, Panel
from tisu.loop.models import Matter


class LiaisonIssue(Kind):
    """Opened by entering a contact and in no other way: then it is known who was there and what was agreed."""

    code = KIND
    label = pgettext_lazy("kind", "issue raised with a leader")

    def panels(self, matter: Matter, user: Any) -> Iterable[Panel]:
        rows = RaisedIssue.objects.select_related("contact__pairing__post__unit", "unit")
        row = rows.filter(matter=matter).first()  # the rest of one that was solved in part has none
        if row and Contact.objects.visible_to(user).filter(pk=row.contact_id).exists():
            url = reverse("liaison:contact", args=[row.contact.number])
            yield Panel(
                KIND, _("Where it was raised"), "liaison/parts/of_matter.html", {"row": row, "url": url}
            )
