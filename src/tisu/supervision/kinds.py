"""What the office or supervision gives a unit to do: a task (交办事项), or a supervision item (督查事项)."""

from django.utils.translation import gettext_lazy as _

from tisu.accounts.standing import Standing
from tisu.loop.kinds import Kind
from tisu.loop.queries import OVERSIGHT_ROLES


class Task(Kind):
    """Opened by the office or supervision (政府督查工作条例 art. 7: units only request one)."""

    code = "task"
    label = _("task")

    def may_open(self, standing: Standing) -> bool:
        return standing.has(*OVERSIGHT_ROLES)


class SupervisionItem(Task):
    """Taken up only when a county leader has approved it (立项; 政府督查工作条例 art. 11)."""

    code = "supervision_item"
    label = _("supervision item")
