"""What the office may do on a firm's pages, each act a button that opens in place."""

from functools import partial

from django.db.models import Q
from django.forms import Form
from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.forms import EndOneForm
from tisu.accounts.models import User
from tisu.enterprises import calendar_forms, forms, people_forms
from tisu.enterprises.contacts import (
    add_contact,
    changes_contacts,
    correct_contact,
    give_consent,
    show_contact,
    withdraw_consent,
)
from tisu.enterprises.mandates import end_mandate, give_mandate, is_principal_of, name_principal
from tisu.enterprises.models import (
    Enterprise,
    FirmContact,
    Mandate,
    QuietDays,
    ScaleMonths,
    Visit,
)
from tisu.enterprises.planning import (
    add_quiet_days,
    call_off,
    mark_held,
    plan_visit,
    remove_quiet_days,
    units_coming,
)
from tisu.enterprises.scale import add_months, end_months
from tisu.enterprises.services import add_former_name, keeps_register
from tisu.foundation import clock
from tisu.orgs.models import Unit, within

COUNTY = 6  # digits of a county's code


def acts_on_facts(firm: Enterprise, actor: User) -> list[PageAct]:
    kin = Enterprise.objects.kin_of([firm.pk])
    running = ScaleMonths.objects.filter(enterprise__in=kin, last=None)
    acts = [
        PageAct(
            "add_months", _("Add months above scale"), forms.MonthsForm,
            lambda data: add_months(actor=actor, firm=firm, **data), _("The months are added."),
        ),
        PageAct(
            "end_months", _("End months above scale"), partial(forms.EndMonthsForm, rows=running),
            lambda data: end_months(actor=actor, **data), _("The months end with that month."),
        ),
        PageAct(
            "former_name", _("Add a former name"), forms.FormerNameForm,
            lambda data: add_former_name(actor=actor, firm=firm, **data), _("The former name is added."),
        ),
    ]  # fmt: skip
    return acts if running else [acts[0], acts[2]]


def acts_on_mandates(firm: Enterprise, actor: User) -> list[PageAct]:
    kin = Enterprise.objects.kin_of([firm.pk])
    lasting = Mandate.objects.filter(enterprise__in=kin, until=None).select_related("user")
    acts = [
        PageAct(
            "give_mandate", _("Give a mandate"), people_forms.MandateForm,
            lambda data: give_mandate(actor=actor, firm=firm, **data),
            _("The person acts for the firm from that day on."),
        ),
        PageAct(
            "end_mandate", _("End a mandate"), partial(EndOneForm, rows=lasting),
            lambda data: end_mandate(actor=actor, mandate=data["row"], until=data["until"]),
            _("The mandate ends on that day."),
        ),
    ]  # fmt: skip
    others = lasting.exclude(is_principal=True)
    if others:
        acts.append(
            PageAct(
                "principal", _("Name the principal person"), partial(people_forms.WhoForm, rows=others),
                lambda data: name_principal(actor=actor, mandate=data["row"]),
                _("This person may end the mandates of colleagues who leave."),
            )
        )  # fmt: skip
    return acts if lasting else acts[:1]


def acts_on_colleagues(firm: Enterprise, actor: User) -> list[PageAct]:
    """The firm's principal person ends the mandate of who left; it takes effect at once."""
    if not is_principal_of(actor, firm):
        return []
    kin = Enterprise.objects.kin_of([firm.pk])
    rows = Mandate.objects.filter(enterprise__in=kin, until=None).exclude(user=actor).select_related("user")
    if not rows:
        return []
    return [
        PageAct(
            "colleague_left", _("A colleague has left"), partial(people_forms.WhoForm, rows=rows),
            lambda data: end_mandate(actor=actor, mandate=data["row"], until=clock.today()),
            _("From this moment on they act for the firm no more."), "danger",
            _("It takes effect at once: they no longer see anything of the firm."),
        )
    ]  # fmt: skip


def acts_on_contacts(firm: Enterprise, actor: User) -> list[PageAct]:
    return [
        PageAct(
            "add_contact", _("Add a contact"), people_forms.ContactForm,
            lambda data: add_contact(actor=actor, firm=firm, **data), _("The contact is added."), "primary",
        )
    ]  # fmt: skip


def acts_on_contact(contact: FirmContact, actor: User, may_change: bool) -> list[PageAct]:
    """Whoever sees a contact may show it in full; the office and the firm also change it."""
    show = PageAct(
        "show", _("Show in full"), Form, lambda data: show_contact(actor=actor, contact=contact), "",
        why=_("That you looked stands in the ledger."),
    )  # fmt: skip
    return [show, *_changes_of(contact, actor)] if may_change else [show]


def _changes_of(contact: FirmContact, actor: User) -> list[PageAct]:
    standing = [consent.purpose for consent in contact.consents.all() if consent.withdrawn_on is None]
    initial = {"name": contact.name, "post_title": contact.post_title}
    acts = [
        PageAct(
            "correct", _("Correct"), partial(people_forms.CorrectionForm, initial=initial),
            lambda data: correct_contact(actor=actor, contact=contact, **data), _("The contact is corrected."),
        ),
        PageAct(
            "consent", _("Write down a consent"), people_forms.ConsentForm,
            lambda data: give_consent(actor=actor, contact=contact, **data), _("The consent is written down."),
        ),
        PageAct(
            "withdraw", _("Take back a consent"), partial(people_forms.WithdrawalForm, standing=standing),
            lambda data: withdraw_consent(actor=actor, contact=contact, **data),
            _("The person is not reached for this any more."), "danger",
            _("With the last consent taken back, name and numbers are deleted 30 days later."),
        ),
    ]  # fmt: skip
    return acts if standing else acts[:2]


def acts_on_calendar(firm: Enterprise, actor: User) -> list[PageAct]:
    """Units plan, hold and call off; the firm and the office keep its quiet days."""
    return [*_acts_on_visits(firm, actor), *_acts_on_quiet_days(firm, actor)]


def _acts_on_visits(firm: Enterprise, actor: User) -> list[PageAct]:
    own, keeps = units_coming(actor), keeps_register(actor, firm.region_id)
    units = Unit.objects.on().filter(within("region_id", firm.region_id[:COUNTY]) if keeps else Q(pk__in=own))
    if not own and not keeps:
        return []
    kin = Enterprise.objects.kin_of([firm.pk])
    planned = Visit.objects.planned().filter(enterprise__in=kin).select_related("unit")
    planned = planned if keeps else planned.filter(unit__in=own)
    acts = [
        PageAct(
            "plan", _("Plan a visit"), partial(calendar_forms.PlanForm, units=units),
            lambda data: plan_visit(actor=actor, firm=firm, **data), _("The visit is planned; the firm sees it."),
            "primary",
        ),
        PageAct(
            "held", _("It took place"), partial(calendar_forms.VisitRowForm, rows=planned.filter(first__lte=clock.today())),
            lambda data: mark_held(actor=actor, **data), _("Noted."),
        ),
        PageAct(
            "call_off", _("Call off a visit"), partial(calendar_forms.CallOffForm, rows=planned),
            lambda data: call_off(actor=actor, **data), _("The visit is called off; the firm sees it."), "danger",
        ),
    ]  # fmt: skip
    begun = [visit for visit in planned if visit.first <= clock.today()]
    return [acts[0], *([acts[1]] if begun else []), *([acts[2]] if planned else [])]


def _acts_on_quiet_days(firm: Enterprise, actor: User) -> list[PageAct]:
    if not changes_contacts(actor, firm):
        return []
    rows = QuietDays.objects.filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))
    acts = [
        PageAct(
            "quiet", _("Set quiet days"), calendar_forms.QuietForm,
            lambda data: add_quiet_days(actor=actor, firm=firm, **data), _("The days are set."),
        ),
        PageAct(
            "loud", _("Take back quiet days"), partial(calendar_forms.QuietRowForm, rows=rows),
            lambda data: remove_quiet_days(actor=actor, **data), _("The days are taken back."),
        ),
    ]  # fmt: skip
    return acts if rows else acts[:1]
