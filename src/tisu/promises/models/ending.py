"""How the county ended a promise other than by keeping it: by a lawful procedure with compensation, or with the reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel
from tisu.promises.models.promise import Promise


class Ending(AppendOnlyModel):
    """Changed needs a procedure and a compensation (优化营商环境条例 art. 31); impossible needs the reason alone."""

    promise = models.OneToOneField(Promise, models.PROTECT, related_name="ending")
    reason = models.TextField(_("reason"))
    procedure = models.CharField(_("procedure"), max_length=400, blank=True)
    compensation = models.CharField(_("compensation"), max_length=400, blank=True)
    amount = models.PositiveBigIntegerField(_("money in yuan"), null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"ending of {self.promise_id}"
