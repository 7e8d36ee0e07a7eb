"""What a firm is found by: every name and code that it or a row merged into it has or had, and its business."""

from typing import Any

from tisu.foundation import search

SUBJECT = "enterprise"


def make_findable(firm: Any, *, is_new: bool = False) -> None:
    """By name, former name, credit code, main business and the pinyin of its names.

    A merged row keeps its own entry, so that undoing a merger need not look for anything.
    """
    kin = [firm] if is_new else [firm, *firm.merged.prefetch_related("former_names")]
    former = [] if is_new else [row.name for each in kin for row in each.former_names.all()]
    names = "\n".join(dict.fromkeys([*(each.name for each in kin), *former]))
    text = f"{' '.join(each.credit_code for each in kin)} {firm.business}"
    search.index(SUBJECT, firm.pk, text, names=names, is_new=is_new)
