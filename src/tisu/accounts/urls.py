"""Sign-in keeps the names that allauth reverses; of its other addresses none exists."""

from django.urls import include, path

from tisu.accounts.views import (
    acting_as,
    chains,
    chart,
    hand_overs,
    ledger,
    own,
    people,
    places,
    security,
    sign_in,
    units,
)

own_pages = [
    path("me", own.own, name="own"),
    path("me/handovers/<int:pk>", hand_overs.hand_over, name="hand_over"),
    path("me/handovers/<int:pk>/print", hand_overs.paper, name="hand_over_paper"),
    path("me/acting-as", acting_as.act_as, name="act_as"),
]

pages = [
    path("org", places.units, name="units"),
    path("org/chart", chart.chart, name="chart"),
    path("org/handovers", hand_overs.states, name="hand_overs"),
    path("org/units/<int:pk>", units.unit, name="unit"),
    path("org/posts/<int:pk>", places.post, name="post"),
    path("org/people", people.people, name="people"),
    path("org/people/<int:pk>", people.person, name="person"),
    path("security", security.accounts, name="security"),
    path("security/<int:pk>", security.account, name="account"),
    path("ledger", ledger.ledger, name="ledger"),
    path("ledger/chains", chains.chains, name="chains"),
]

urlpatterns = [
    path("accounts/login/", sign_in.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", sign_in.SignOut.as_view(), name="account_logout"),
    path("accounts/password/change/", sign_in.ChangePassword.as_view(), name="account_change_password"),
    path("", include((own_pages, "me"))),
    path("", include((pages, "accounts"))),
]
