"""Who acts on a matter: a person through their roles, a reporter through a receipt, or a named rule."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import GrantedRole, Standing, standing_of
from tisu.foundation.signatures import as_written

REPORTER = _("reporter")
RESUMES = "auto-resume/1"  # the rule that ends a pause on the day that was named


@dataclass(frozen=True)
class Actor:
    """`reporter_of` is the key of the one matter a receipt opens; `rule` is a rule's id and version.

    `instructs` marks the act that a leader's instruction carries (loop.md §1, row 21b). `role` is the one of a person's
    several that allows the act, and signs it.
    """

    standing: Standing | None = None
    reporter_of: int | None = None
    rule: str = ""
    instructs: bool = False
    role: GrantedRole | None = None

    def carrying(self) -> "Actor":
        return replace(self, instructs=True)

    @property
    def user(self) -> User | None:
        return self.standing.user if self.standing else None

    @property
    def signed(self) -> str:
        """How the act is signed in the timeline: a post, 'the reporter', or the rule."""
        if self.standing:
            return self.role.label if self.role else self.standing.label
        return self.rule or as_written(REPORTER)

    def signing_as(self, role: GrantedRole | None) -> "Actor":
        return replace(self, role=role) if role else self

    def signing_for(self, unit_id: int | None, *codes: str) -> "Actor":
        """Signing by the role that this person has in that unit; where there is none, as before."""
        roles = self.standing.having(*codes) if self.standing else ()
        return self.signing_as(next((role for role in roles if role.unit_id == unit_id), None))

    def is_one(self, *codes: str) -> bool:
        """Whether the role that signs is one of these; before it is known, whether any of the person's is."""
        if self.role:
            return self.role.code in codes
        return self.standing is not None and self.standing.has(*codes)


def person(user: User) -> Actor:
    return Actor(standing=standing_of(user))


def reporter(matter_id: int) -> Actor:
    return Actor(reporter_of=matter_id)


def rule(name: str) -> Actor:
    return Actor(rule=name)
