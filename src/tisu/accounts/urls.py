"""Sign-in keeps the names that allauth reverses; of its other addresses none exists."""

from django.urls import include, path

from tisu.accounts.views import (
    acting_as,
    chains,
    chart,
    factors,
    hand_overs,
    ledger,
    linked,
    lost,
    own,
    own_mobile,
    people,
    places,
    proof,
    security,
    sign_in,
    units,
    visits,
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
    path("org/people/first-passwords", people.first_passwords, name="first-passwords"),
    path("org/people/<int:pk>", people.person, name="person"),
    path("resets", lost.resets, name="resets"),
    path("resets/<int:pk>", lost.decide, name="decide-reset"),
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
    path("accounts/login/second/", sign_in.SecondFactor.as_view(), name="mfa_authenticate"),
    path("accounts/login/passkey/", sign_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("accounts/lost", lost.lost, name="lost-password"),
    path("accounts/lost/code", lost.lost_code, name="lost-password-code"),
    path("accounts/by/<slug:house>", linked.go, name="sign-in-by"),
    path("accounts/by/<slug:house>/link", linked.link, name="link-account"),
    *(
        path(f"accounts/by/{house}/back", linked.back, {"house": house}, name=f"{house}_callback")
        for house in ("dingtalk", "weixin", "feishu", "oidc")
    ),
    path("accounts/own/linked/<int:pk>/cut", linked.cut, name="unlink-account"),
    path("accounts/own/mobile", own_mobile.mobile, name="own-mobile"),
    path("accounts/own/mobile/code", own_mobile.mobile_code, name="own-mobile-code"),
    path("accounts/own", factors.own, name="mfa_index"),
    path("accounts/own/app", factors.app, name="mfa_activate_totp"),
    path("accounts/own/passkeys/new", factors.passkey, name="mfa_add_webauthn"),
    path("accounts/own/factors/<int:pk>/remove", factors.remove, name="remove-factor"),
    path("accounts/own/codes", factors.codes, name="mfa_generate_recovery_codes"),
    path("accounts/own/sessions/end", visits.end_session, name="end-session"),
    path("accounts/own/tokens/new", visits.token, name="make-token"),
    path("accounts/own/tokens/<uuid:pk>/end", visits.end_token, name="end-token"),
    path("accounts/proof/password", proof.ByPassword.as_view(), name="account_reauthenticate"),
    path("accounts/proof/code", proof.ByCode.as_view(), name="mfa_reauthenticate"),
    path("accounts/proof/passkey", proof.ByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("", include((pages, "accounts"))),
]
