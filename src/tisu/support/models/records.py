"""What belongs to some requests alone: a power guarantee, an oversize transport, introductions, guidance."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.support.models.request import FactorRequest

LAST_AFTER_FIRST = Q(last__gte=F("first"))


class PowerGuarantee(models.Model):
    """Power promised for a time (保电). What was lost or avoided is the firm's own word."""

    request = models.OneToOneField(FactorRequest, models.PROTECT, related_name="guarantee")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    feeder = models.CharField(_("feeder"), max_length=60, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("hours a day that are promised"), validators=[MaxValueValidator(24)]
    )
    interruptions = models.PositiveSmallIntegerField(_("interruptions"), null=True, blank=True)
    minutes_lost = models.PositiveIntegerField(_("minutes without power"), null=True, blank=True)
    loss_avoided = models.PositiveBigIntegerField(_("loss avoided, as declared"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=LAST_AFTER_FIRST, name="guarantee_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=24), name="hours_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.first}"


class Transport(models.Model):
    """What is carried that no ordinary load is (大件运输)."""

    request = models.OneToOneField(FactorRequest, models.PROTECT, related_name="transport")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    pieces = models.PositiveSmallIntegerField(_("pieces"))
    longest_cm = models.PositiveIntegerField(_("longest piece, in centimetres"))
    parts = models.PositiveSmallIntegerField(_("parts that the longest one is split into"), default=1)
    value = models.PositiveBigIntegerField(_("insured value"), null=True, blank=True)
    route = models.CharField(_("route"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=LAST_AFTER_FIRST, name="transport_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(pieces__gte=1, parts__gte=1, longest_cm__gte=1), name="something_is_carried"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.pieces}"


class Introduction(models.Model):
    """A buyer whom the county introduced. What they agree on is theirs: no purchase is ordered here."""

    request = models.ForeignKey(FactorRequest, models.PROTECT, related_name="introductions")
    buyer = models.CharField(_("buyer"), max_length=80)
    channel = models.CharField(pgettext_lazy("market", "channel"), max_length=80)
    on = models.DateField(_("introduced on"))

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "buyer"],
                name="a_buyer_is_introduced_once",
                violation_error_message=_("This buyer has been introduced already: enter the order there."),
            )
        ]

    def __str__(self) -> str:
        return self.buyer


class Order(models.Model):
    """What an introduced buyer ordered, as the firm says. The earliest is the first, the others are repeats."""

    introduction = models.ForeignKey(Introduction, models.PROTECT, related_name="orders")
    on = models.DateField(_("ordered on"))
    amount = models.PositiveBigIntegerField(_("amount, as declared"), null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "on"],
                name="one_order_of_a_buyer_in_a_day",
                violation_error_message=_("An order of this day stands here already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.on}"


class Guidance(models.Model):
    """An expert came, or rang: a service, not a count of visits."""

    request = models.ForeignKey(FactorRequest, models.PROTECT, related_name="guidances")
    on = models.DateField(_("day"))
    expert = models.CharField(_("from where the expert came"), max_length=80)
    topic = models.CharField(_("on what"), max_length=120)
    result = models.CharField(_("what came of it"), max_length=400, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "on", "topic"],
                name="one_guidance_on_a_topic_in_a_day",
                violation_error_message=_("This guidance stands here already."),
            )
        ]

    def __str__(self) -> str:
        return self.topic
