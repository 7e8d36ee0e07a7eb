"""What the office may do on a firm's pages, each act a button that opens in place."""

from functools import partial

from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.forms import EndOneForm
from tisu.accounts.models import User
from tisu.enterprises.forms import EndMonthsForm, FormerNameForm, MandateForm, MonthsForm
from tisu.enterprises.mandates import end_mandate, give_mandate
from tisu.enterprises.models import Enterprise, Mandate, ScaleMonths
from tisu.enterprises.scale import add_months, end_months
from tisu.enterprises.services import add_former_name


def acts_on_facts(firm: Enterprise, actor: User) -> list[PageAct]:
    kin = Enterprise.objects.kin_of([firm.pk])
    running = ScaleMonths.objects.filter(enterprise__in=kin, last=None)
    acts = [
        PageAct(
            "add_months", _("Add months above scale"), MonthsForm,
            lambda data: add_months(actor=actor, firm=firm, **data), _("The months are added."),
        ),
        PageAct(
            "end_months", _("End months above scale"), partial(EndMonthsForm, rows=running),
            lambda data: end_months(actor=actor, **data), _("The months end with that month."),
        ),
        PageAct(
            "former_name", _("Add a former name"), FormerNameForm,
            lambda data: add_former_name(actor=actor, firm=firm, **data), _("The former name is added."),
        ),
    ]  # fmt: skip
    return acts if running else [acts[0], acts[2]]


def acts_on_mandates(firm: Enterprise, actor: User) -> list[PageAct]:
    kin = Enterprise.objects.kin_of([firm.pk])
    lasting = Mandate.objects.filter(enterprise__in=kin, until=None).select_related("user")
    acts = [
        PageAct(
            "give_mandate", _("Give a mandate"), MandateForm,
            lambda data: give_mandate(actor=actor, firm=firm, **data),
            _("The person acts for the firm from that day on."),
        ),
        PageAct(
            "end_mandate", _("End a mandate"), partial(EndOneForm, rows=lasting),
            lambda data: end_mandate(actor=actor, mandate=data["row"], until=data["until"]),
            _("The mandate ends on that day."),
        ),
    ]  # fmt: skip
    return acts if lasting else acts[:1]
