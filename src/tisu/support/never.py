"""What is not written down here, however it is called: an order to buy, a way around a permit.

A phrase is only a hint: who means it otherwise words it otherwise. What binds is said on the form.
"""

from django.utils.translation import gettext as _

from tisu.foundation.textnorm import search_form
from tisu.loop.faults import Unacceptable

ORDERED_TO_BUY = ("指定采购", "统一采购", "定向采购", "必须购买", "必须采购", "强制购买", "摊派", "包销任务")
AROUND_PERMITS = (
    "免办许可", "免于许可", "免办手续", "代替审批", "替代审批", "代替许可", "替代许可", "绕过审批", "先建后批", "未批先建",
    "边建边批", "边批边建", "先上车后补票",
)  # fmt: skip


def refuse_orders_to_buy(**texts: str) -> None:
    if field := _found(texts, ORDERED_TO_BUY):
        raise Unacceptable.at(
            field,
            _("This reads like an order to buy. The county only introduces: say who was introduced to whom."),
        )


def refuse_ways_around(**texts: str) -> None:
    if field := _found(texts, AROUND_PERMITS):
        raise Unacceptable.at(
            field,
            _(
                "A task force replaces no permit: say what it coordinates, and apply for the permit beside it."
            ),
        )


def _found(texts: dict[str, str], phrases: tuple[str, ...]) -> str:
    """The field in which one of them stands."""
    return next(
        (field for field, text in texts.items() if any(phrase in search_form(text) for phrase in phrases)), ""
    )
