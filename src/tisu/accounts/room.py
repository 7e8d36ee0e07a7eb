from tisu.accounts.standing import roles_from_delegations, roles_from_posts
from tisu.foundation.rooms import Room

ROOM = Room(
    role_sources=(roles_from_posts, roles_from_delegations),
    public=frozenset({"account_login", "account_logout"}),
)
