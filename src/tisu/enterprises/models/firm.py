"""A firm of the county, the names it had, and what it is sorted by: industry and park."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.credit_code import validate_credit_code
from tisu.enterprises.findable import make_findable
from tisu.enterprises.namekey import address_key, name_key
from tisu.enterprises.queries import EnterpriseQuerySet
from tisu.orgs.models import Region

IN_THE_REGISTER = _("A firm with this credit code is in the register already: look for it by its code.")


class Industry(models.Model):
    """A section (A to T) or a division (two digits) of GB/T 4754-2017; a division knows its section."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    section = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="divisions")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Park(models.Model):
    """An industrial park, in the township where it lies."""

    name = models.CharField(_("name"), max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="parks", verbose_name=_("region"))

    class Meta:
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="park_named_once_in_its_region",
                violation_error_message=_("This township has a park of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class LegalKind(models.TextChoices):
    COMPANY = "company", _("enterprise")
    INDIVIDUAL = "individual", _("individual business")
    COOPERATIVE = "cooperative", _("cooperative")
    BRANCH = "branch", _("branch")


class Status(models.TextChoices):
    """Derived from `deregistered_on`, never stored."""

    EXISTING = "existing", _("existing")
    DEREGISTERED = "deregistered", _("deregistered")


class Enterprise(models.Model):
    """A firm of the county. `source` says where its facts come from; in a demonstration: 示例, or the article.

    `merged_into` is the row of the same firm that stands for this one, `survivor` the one at the end of that chain:
    a merged row keeps everything that hangs on it, and whoever reads a firm reads its kin too (ADR 0027). The two keys
    are what of name and address tells firms apart, see namekey.py.
    """

    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        validators=[validate_credit_code],
        error_messages={"unique": IN_THE_REGISTER},
    )
    name = models.CharField(_("name"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="enterprises", verbose_name=_("region"))
    park = models.ForeignKey(
        Park, models.PROTECT, null=True, blank=True, related_name="enterprises", verbose_name=_("park")
    )
    address = models.CharField(_("address"), max_length=160, blank=True)
    legal_kind = models.CharField(
        _("legal kind"), max_length=12, choices=LegalKind.choices, default=LegalKind.COMPANY
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches", verbose_name=_("parent firm")
    )
    industry = models.ForeignKey(
        Industry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("industry")
    )
    business = models.CharField(_("main business"), max_length=400, blank=True)
    registered_capital = models.PositiveBigIntegerField(
        _("registered capital in yuan"), null=True, blank=True
    )
    started_on = models.DateField(_("established on"), null=True, blank=True)
    deregistered_on = models.DateField(_("deregistered on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    name_key = models.CharField(max_length=80, editable=False, db_index=True, default="")
    address_key = models.CharField(max_length=160, editable=False, db_index=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="merged_directly",
    )
    survivor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, db_index=False, related_name="merged"
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["credit_code"]
        indexes = [  # of the few that are merged: an index over all would seem to find every row
            models.Index(fields=[name], name=f"firms_by_{name}", condition=Q(**{f"{name}__isnull": False}))
            for name in ("merged_into", "survivor")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(deregistered_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(deregistered_on__gte=F("started_on")),
                name="firm_ends_after_it_begins",
                violation_error_message=_("It cannot be deregistered before it was established."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, survivor__isnull=True)
                | Q(merged_into__isnull=False, survivor__isnull=False),
                name="merged_firm_knows_its_survivor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """However a firm gets into the register, it can be found there by name, code and pinyin."""
        is_new = self._state.adding
        places = self._places()
        self.name_key, self.address_key = name_key(self.name, places), address_key(self.address, places)
        super().save(*args, **kwargs)
        make_findable(self, is_new=is_new)

    def _places(self) -> list[str]:
        """The names of the regions it lies in, from its township up."""
        above = [self.region_id[:length] for length in range(2, len(self.region_id) + 1)]
        return list(Region.objects.filter(code__in=above).values_list("name", flat=True))

    @property
    def status(self) -> str:
        return Status.EXISTING if self.deregistered_on is None else Status.DEREGISTERED

    @cached_property
    def kin(self) -> tuple[int, ...]:
        """The rows of the register that are this firm, its own among them, as they were when it was read here.

        For reading a page of it, where a dozen parts ask. Whoever writes asks anew (`kin_of`).
        """
        return tuple(type(self).objects.kin_of([self.pk]).order_by().values_list("pk", flat=True))

    @property
    def root_id(self) -> int:
        """The row that stands for this firm: its own, or that of the firm it was merged into."""
        return self.survivor_id or self.pk


class FormerName(models.Model):
    """A name that a firm had up to, not including, `until`."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="former_names")
    name = models.CharField(_("name"), max_length=80)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.name
