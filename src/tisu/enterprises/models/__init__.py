"""The register of firms: what each one is, who may act for it, who is to be spoken to, and when it is visited."""

from tisu.enterprises.credit_code import compact_credit_code, validate_credit_code
from tisu.enterprises.models.benefit import SELECTIVE, Benefit, BenefitKind
from tisu.enterprises.models.contact import Consent, FirmContact, Purpose
from tisu.enterprises.models.duplicate import LikelyPair, Merger, Verdict
from tisu.enterprises.models.figure import Figure, Origin, Statement
from tisu.enterprises.models.firm import (
    IN_THE_REGISTER,
    Enterprise,
    FormerName,
    Industry,
    LegalKind,
    Park,
    Status,
)
from tisu.enterprises.models.mandate import Mandate, holder_of
from tisu.enterprises.models.months import THRESHOLDS, ScaleCategory, ScaleMonths
from tisu.enterprises.models.visit import COUNTED, QuietDays, Visit, VisitKind, VisitState

__all__ = [
    "COUNTED",
    "IN_THE_REGISTER",
    "SELECTIVE",
    "THRESHOLDS",
    "Benefit",
    "BenefitKind",
    "Consent",
    "Enterprise",
    "Figure",
    "FirmContact",
    "FormerName",
    "Industry",
    "LegalKind",
    "LikelyPair",
    "Mandate",
    "Merger",
    "Origin",
    "Park",
    "Purpose",
    "QuietDays",
    "ScaleCategory",
    "ScaleMonths",
    "Statement",
    "Status",
    "Verdict",
    "Visit",
    "VisitKind",
    "VisitState",
    "compact_credit_code",
    "holder_of",
    "validate_credit_code",
]
