"""The register of firms and who may act for one."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as BadCode

from tisu.accounts.models import User
from tisu.enterprises.queries import SUBJECT, EnterpriseQuerySet
from tisu.foundation import search
from tisu.foundation.textnorm import clean_text, narrow
from tisu.orgs.models import Dated, Region, ends_after_it_begins


def compact_credit_code(text: str) -> str:
    """A credit code as the register keeps it: half-width, upper case, no blanks."""
    return uscc.compact(narrow(clean_text(text)).strip()).upper()


def validate_credit_code(code: str) -> None:
    """GB 32100-2015: 18 characters without I O S V Z, the last one computed from the others."""
    try:
        uscc.validate(code)
    except BadCode as fault:
        raise ValidationError(
            _("%(code)s is not a unified social credit code: copy all 18 characters from the licence."),
            params={"code": code},
        ) from fault


class Enterprise(models.Model):
    """A firm of the county. `source` says where its facts come from; in a demonstration: 示例, or the article."""

    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, unique=True, validators=[validate_credit_code]
    )
    name = models.CharField(_("name"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="enterprises", verbose_name=_("region"))
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    is_above_scale = models.BooleanField(_("above designated size"), default=False)
    source = models.CharField(_("source"), max_length=80, blank=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["credit_code"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """However a firm gets into the register, it can be found there by name, code and pinyin."""
        super().save(*args, **kwargs)
        search.index(SUBJECT, self.pk, f"{self.credit_code} {self.industry}", names=self.name)


class Mandate(Dated):
    """A person acts for a firm from a day on; ends when the person leaves."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mandates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")

    class Meta:
        constraints = [ends_after_it_begins("mandate_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.user} · {self.enterprise}"


def holder_of(user: User) -> "Enterprise | None":
    """The firm a person acts for today, the earliest mandate first."""
    mandate = (
        Mandate.objects.on().filter(user=user).select_related("enterprise").order_by("since", "pk").first()
    )
    return mandate.enterprise if mandate else None
