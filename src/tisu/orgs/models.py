"""Places: where work belongs. Regions, units and posts; who holds a post stands one floor up."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.traditional import to_traditional


class RegionQuerySet(models.QuerySet):
    def subtree(self, code: str) -> "RegionQuerySet":
        """The region and everything below it: the range of codes that begin with its code."""
        return self.filter(within("code", code))


def within(field: str, region_code: str) -> Q:
    """A filter for a region's subtree on a field that holds a region code.

    A range, not LIKE: it uses the index on every database, and the county can be a shard key.
    """
    return Q(**{f"{field}__gte": region_code, f"{field}__lt": region_code + "~"})


class Region(models.Model):
    """A division by its GB/T 2260 code without trailing zeros: 42, 4228, 422826, 422826101.

    A region's subtree is the range of codes that begin with its own.
    """

    code = models.CharField(
        _("code"), max_length=12, primary_key=True, validators=[RegexValidator(r"^\d{2,12}$")]
    )
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """The name in the reader's language: the list of regions comes with the product, unlike what people typed."""
        language = get_language()
        if language == "zh-hant":
            return to_traditional(self.name)
        return self.name_en if language == "en" and self.name_en else self.name


class DatedQuerySet(models.QuerySet):
    def on(self, day: date | None = None) -> "DatedQuerySet":
        """Rows in force on a day: begun by then, and ending later or never. `until` is the first day after."""
        day = day or clock.today()
        return self.filter(since__lte=day).lasting_beyond(day)

    def lasting_beyond(self, day: date) -> "DatedQuerySet":
        """Rows in force on that day, or that will be."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day))

    def overlapping(self, since: date, until: date | None = None) -> "DatedQuerySet":
        """Rows in force on some day from `since` up to, not including, `until`, or for ever after."""
        rows = self.lasting_beyond(since).exclude(until=models.F("since"))
        return rows if until is None else rows.filter(since__lt=until)


class Dated(models.Model):
    """Something in force from `since` up to, not including, `until`."""

    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def check_end(self, until: date) -> None:
        """ValidationError at `until` for what has an end already, or would end before it begins."""
        if self.until is not None:
            raise ValidationError({"until": _("It has an end already: %(day)s.") % {"day": self.until}})
        if until < self.since:
            raise ValidationError(
                {"until": _("It begins on %(day)s: it cannot end before.") % {"day": self.since}}
            )

    def is_in_force(self, day: date | None = None) -> bool:
        day = day or clock.today()
        return self.since <= day and (self.until is None or day < self.until)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name=name
    )


class Duty(models.TextChoices):
    """What a unit is to the loop. A region has one office."""

    HANDLING = "handling", _("handling unit")
    OFFICE = "office", _("business-environment office")
    SUPERVISION = "supervision", _("supervision")
    DISCIPLINE = "discipline", _("discipline commission")
    LEADERSHIP = "leadership", _("county leadership")
    ADMINISTRATION = "administration", _("system administration")


SLUG = re.compile(r"^[a-z][a-z0-9-]{1,30}$")


class Unit(Dated):
    """A bureau, township, utility or office. Its code is a short Latin slug, unique in its region."""

    code = models.CharField(
        _("code"),
        max_length=31,
        validators=[RegexValidator(SLUG, _("Use 2 to 31 lower-case Latin letters, digits or hyphens."))],
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="units", verbose_name=_("region"))
    name = models.CharField(_("full name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20)
    heir = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goes on with its work"),
    )
    # Every unit whose work this one went on with, by key: kept here because each page asks for it.
    took_over = models.JSONField(default=list, editable=False)
    duty = models.CharField(_("duty"), max_length=16, choices=Duty.choices, default=Duty.HANDLING)

    class Meta:
        ordering = ["region_id", "duty", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                name="unit_code_unique_in_region",
                violation_error_message=_(
                    "This region has a unit with this code already: choose another code."
                ),
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(duty="office", until__isnull=True),
                name="one_office_per_region",
                violation_error_message=_("This region has an office already: end that one first."),
            ),
            ends_after_it_begins("unit_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.short_name

    def called_on(self, day: date) -> "Unit | FormerName":
        """What has the name and the short name that the unit had on a day."""
        return next((row for row in self.former_names.all() if row.is_in_force(day)), self)


class FormerName(Dated):
    """What a unit was called until it was renamed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="former_names")
    name = models.CharField(_("full name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=20)

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="former_name_was_used")
        ]

    def __str__(self) -> str:
        return self.short_name


class UnitChangeQuerySet(models.QuerySet):
    def planned(self) -> "UnitChangeQuerySet":
        return self.filter(done_at__isnull=True, called_off_at__isnull=True)

    def due(self) -> "UnitChangeQuerySet":
        return self.planned().filter(day__lte=clock.today())


class UnitChange(models.Model):
    """From a day on a unit is no more, and others go on with its work: merged into one, or split into several.

    `heir` takes what is open. Until the day comes nothing has happened, and it can be called off.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    successors = models.ManyToManyField(Unit, related_name="+")
    heir = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    day = models.DateField(_("from this day on"))
    moves_people = models.BooleanField(_("clerks go along"))
    planned_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(done_at__isnull=True, called_off_at__isnull=True),
                name="one_change_of_a_unit_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.heir}"


class Role(models.TextChoices):
    """What the holder of a post may be to the loop (domain.md M0.1). The post's unit gives the scope."""

    OFFICE_LEAD = "office_lead", _("office lead")
    OFFICE_STAFF = "office_staff", _("office staff")
    SUPERVISION = "supervision", _("supervisor")
    COUNTY_LEADER = "county_leader", _("county leader")
    DEPT_LEAD = "dept_lead", _("head of unit")
    DEPT_CLERK = "dept_clerk", _("clerk of unit")
    DISCIPLINE = "discipline", _("discipline officer")
    CUSTODIAN = "custodian", _("survey custodian")
    SYSTEM_ADMIN = "system_admin", _("system administrator")
    SECURITY_ADMIN = "security_admin", _("security administrator")
    AUDITOR = "auditor", _("audit administrator")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})

# Which posts a unit may have: what a unit is to the loop says what its people can be.
ROLES_BY_DUTY: dict[str, frozenset[str]] = {
    Duty.HANDLING: frozenset({Role.DEPT_LEAD, Role.DEPT_CLERK}),
    Duty.OFFICE: frozenset({Role.OFFICE_LEAD, Role.OFFICE_STAFF}),
    Duty.SUPERVISION: frozenset({Role.SUPERVISION, Role.CUSTODIAN}),
    Duty.DISCIPLINE: frozenset({Role.DISCIPLINE, Role.CUSTODIAN}),
    Duty.LEADERSHIP: frozenset({Role.COUNTY_LEADER, Role.CUSTODIAN}),
    Duty.ADMINISTRATION: ADMINISTRATORS,
}


class Post(Dated):
    """A position in a unit. Responsibility attaches to it, not to the person who holds it today."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=60)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    in_charge_of = models.ManyToManyField(
        Unit,
        blank=True,
        related_name="leaders_in_charge",
        verbose_name=_("units in charge of"),
        help_text=_("Only for a county leader: whose matters the leader sees."),
    )

    class Meta:
        ordering = ["unit_id", "pk"]
        constraints = [ends_after_it_begins("post_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.unit.short_name} {self.title}"
