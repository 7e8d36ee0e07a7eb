"""What a row says of months above designated size: yes, since when, in which category."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.enterprises.models import Industry, ScaleCategory
from tisu.foundation.sheets.declared import Row, Sitting

# 四上 by section of GB/T 4754, and where a section holds two, by division.
BY_SECTION = {
    "B": ScaleCategory.INDUSTRY, "C": ScaleCategory.INDUSTRY, "D": ScaleCategory.INDUSTRY,
    "E": ScaleCategory.CONSTRUCTION, "K": ScaleCategory.REAL_ESTATE,
    **dict.fromkeys("GILMNOPQR", ScaleCategory.SERVICES),
}  # fmt: skip
BY_DIVISION = {
    "51": ScaleCategory.WHOLESALE, "52": ScaleCategory.RETAIL, "61": ScaleCategory.LODGING, "62": ScaleCategory.CATERING,
}  # fmt: skip


def months_of(row: Row, facts: dict[str, Any], sitting: Sitting) -> dict[str, Any] | None:
    """The months to be entered; None where the row does not say that the firm is above size."""
    if row.get("above") is False or not (row.get("above") or "scale" in row or "scale_from" in row):
        return None
    category = row.get("scale") or category_of(facts.get("industry"))
    if category is None:
        raise ValidationError(
            {"scale": _("Say in which category it is above designated size, or give its industry.")}
        )
    return {
        "category": category,
        "first": row.get("scale_from") or sitting.today.replace(day=1),
        "source": sitting.source[:80],
    }


def category_of(industry: Industry | None) -> str | None:
    if industry is None:
        return None
    section = industry.section_id or industry.code
    return BY_DIVISION.get(industry.code) or BY_SECTION.get(section)
