from django.utils.translation import gettext_lazy as _

from tisu.foundation.rooms import Room

ROOM = Room(
    acts=(
        ("add-unit", _("added a unit")),
        ("rename-unit", _("renamed a unit")),
        ("end-unit", _("ended a unit")),
        ("plan-change", _("planned that a unit is merged or split")),
        ("call-off-change", _("called off a change of units")),
        ("carry-out-change", _("ended a unit whose work others go on with")),
        ("add-post", _("added a post")),
        ("retitle-post", _("changed a post's title")),
        ("set-charge", _("changed the units in a leader's charge")),
    )
)
