from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import GrantedRole
from tisu.enterprises.contacts import contacts_to_empty, empty_one
from tisu.enterprises.figures import BY_ENTERING, THE_FIRM
from tisu.enterprises.lanes import LANES
from tisu.enterprises.models import Mandate
from tisu.enterprises.own_panels import PANELS
from tisu.enterprises.queries import reads_the_register
from tisu.enterprises.records import RECORDS
from tisu.enterprises.tables import EXPORTS, IMPORTS
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.rooms import Door, Job, Room

_MANDATES = Prepared(
    lambda: (
        Mandate.objects.on(Blank("day", date))
        .filter(user=Blank("user"))
        .select_related("enterprise__survivor")
        .order_by("since", "pk")
    )
)


def roles_from_mandates(user: User, day: date) -> Iterable[GrantedRole]:
    """A mandate in force makes its holder the firm's own voice, and nothing else.

    A mandate for a merged row speaks for the firm it was merged into.
    """
    for mandate in _MANDATES(user=user.pk, day=day):
        firm = mandate.enterprise.survivor or mandate.enterprise
        yield GrantedRole(code="enterprise", label=firm.name, region=firm.region_id, enterprise_id=firm.pk)


ROOM = Room(
    doors=(Door(_("Enterprises"), "enterprises:list", reads_the_register, order=40, icon="enterprises"),),
    role_sources=(roles_from_mandates,),
    jobs=(
        Job(
            "contacts",
            _("Contacts whose consent was taken back"),
            empty_one,
            lambda: contacts_to_empty().count(),
        ),
    ),
    firm_lanes=LANES,
    firm_panels=PANELS,
    firm_records=RECORDS,
    signatures=(THE_FIRM, BY_ENTERING),
    imports=IMPORTS,
    exports=EXPORTS,
    acts=(
        ("register-firms", _("entered firms of a file in the register")),
        ("register-firm", _("entered a firm in the register")),
        ("change-firm", _("changed a firm in the register")),
        ("add-former-name", _("added a former name of a firm")),
        ("add-park", _("added a park")),
        ("add-months", _("added months above designated size")),
        ("end-months", _("ended months above designated size")),
        ("tell-apart", _("told two firms apart")),
        ("merge-firms", _("merged two rows of one firm")),
        ("undo-merger", _("undid a merger of two firms")),
        ("add-contact", _("added a contact of a firm")),
        ("correct-contact", _("corrected a contact of a firm")),
        ("give-consent", _("wrote down a contact's consent")),
        ("withdraw-consent", _("took back a contact's consent")),
        ("show-contact", _("saw a contact of a firm in full")),
        ("disturb-firm", _("planned a visit although the firm wants to be left alone")),
        ("add-quiet-days", _("set days on which a firm is left alone")),
        ("remove-quiet-days", _("took back days on which a firm is left alone")),
        ("give-mandate", _("gave a mandate to act for a firm")),
        ("end-mandate", _("ended a mandate to act for a firm")),
        ("name-principal", _("named the principal person of a firm")),
        ("unname-principal", _("took back that somebody is a firm's principal person")),
        ("record-figure", _("kept a figure of a firm")),
        ("correct-figure", _("corrected a figure of a firm")),
        ("withdraw-figure", _("took back a figure of a firm")),
        ("grant-benefit", _("wrote down what a firm was granted")),
        ("end-benefit", _("set the end of what a firm was granted")),
        ("withdraw-benefit", _("took out what a firm was said to be granted")),
    ),
)
