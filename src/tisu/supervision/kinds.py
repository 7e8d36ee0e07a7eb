"""A task (交办事项): what the office or supervision gives a unit to do by a date."""

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
