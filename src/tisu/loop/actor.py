"""Who acts on a matter: a person through their roles, a reporter through a receipt, or a named rule."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import Standing, standing_of

RESUMES = "auto-resume/1"  # the rule that ends a pause on the day that was named


@dataclass(frozen=True)
class Actor:
    """`reporter_of` is the key of the one matter a receipt opens; `rule` is a rule's id and version.

    `instructs` marks the act that a leader's instruction carries (loop.md §1, row 21b).
    """

    standing: Standing | None = None
    reporter_of: int | None = None
    rule: str = ""
    instructs: bool = False

    def carrying(self) -> "Actor":
        return replace(self, instructs=True)

    @property
    def user(self) -> User | None:
        return self.standing.user if self.standing else None

    @property
    def signed(self) -> str:
        """How the act is signed in the timeline: a post, 'the reporter', or the rule."""
        if self.standing:
            return self.standing.label
        return self.rule or _("reporter")


def person(user: User) -> Actor:
    return Actor(standing=standing_of(user))


def reporter(matter_id: int) -> Actor:
    return Actor(reporter_of=matter_id)


def rule(name: str) -> Actor:
    return Actor(rule=name)
