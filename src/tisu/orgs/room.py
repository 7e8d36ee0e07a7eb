from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Room

ROOM = Room(
    acts=(
        ("add-unit", _("added a unit")),
        ("rename-unit", _("renamed a unit")),
        ("end-unit", _("ended a unit")),
        ("add-post", _("added a post")),
        ("retitle-post", _("changed a post's title")),
        ("set-charge", _("changed the units in a leader's charge")),
    )
)
