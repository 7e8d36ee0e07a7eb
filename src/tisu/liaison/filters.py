"""Filters of contacts: whose, with which firm, how, when, what the firm said, whether anything came out of it."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.enterprises.models import Enterprise
from tisu.liaison.models import Answer, Contact, Mode, RaisedIssue, RaisedPromise, RaisedRequest
from tisu.liaison.powers import reads_liaison
from tisu.liaison.queries import ContactQuerySet, PairingQuerySet
from tisu.loop.filters import ALL, YES_OR_NO
from tisu.orgs.models import Post
from tisu.promises.filters import DayFilter

SILENT = "none"


def posts_of_reader(request: Any) -> QuerySet:
    """The leaders' posts of those pairings that the reader sees, ended ones too."""
    pairings: PairingQuerySet = Contact._meta.get_field("pairing").related_model.objects
    return Post.objects.filter(pk__in=pairings.visible_to(request.user).values("post")).select_related("unit")


class ContactFilter(django_filters.FilterSet):
    """`answer` also takes `none`, for those that stand and on which the firm has not said anything; both days are counted."""

    firm = django_filters.CharFilter(label=_("Name or code of the firm"), method="of_firm", max_length=80)
    leader = django_filters.ModelChoiceFilter(
        label=_("Leader"), queryset=posts_of_reader, field_name="pairing__post", empty_label=ALL
    )
    mode = django_filters.ChoiceFilter(label=_("How"), choices=Mode.choices, empty_label=ALL)
    answer = django_filters.ChoiceFilter(
        label=_("The firm's word"),
        choices=[(SILENT, pgettext_lazy("answer", "nothing yet")), *Answer.choices],
        method="answered",
        empty_label=ALL,
    )
    raised = django_filters.BooleanFilter(
        label=_("Something came out of it"), method="with_something", widget=YES_OR_NO
    )
    since = DayFilter(label=pgettext_lazy("contacts", "From day"), field_name="on", lookup_expr="gte")
    until = DayFilter(label=pgettext_lazy("contacts", "Until day"), field_name="on", lookup_expr="lte")

    class Meta:
        model = Contact
        fields = []

    def of_firm(self, rows: ContactQuerySet, name: str, value: str) -> QuerySet:
        firms = Enterprise.objects.visible_to(self.request.user).found_by(value).values("pk")
        return rows.filter(pairing__enterprise__in=Enterprise.objects.kin_of(firms).values("pk"))

    def answered(self, rows: ContactQuerySet, name: str, value: str) -> QuerySet:
        return rows.standing().filter(answer="" if value == SILENT else value)

    def with_something(self, rows: ContactQuerySet, name: str, value: bool) -> QuerySet:
        of_row = {"contact": OuterRef("pk")}
        found = Q(pk__in=())
        for kept in (RaisedIssue, RaisedPromise, RaisedRequest):
            found |= Q(Exists(kept.objects.filter(**of_row)))
        return rows.filter(found if value else ~found)


def contact_filter(request: Any) -> ContactFilter:
    """Over what the person may see; the firm's own people are not asked which leader and which firm."""
    rows = Contact.objects.visible_to(request.user)
    wanted = ContactFilter(request.GET, queryset=rows, request=request)
    if not reads_liaison(request.user):
        for name in ("firm", "leader"):
            wanted.form.fields.pop(name, None)
    return wanted
