"""The one settings file. Each variable of the environment is read once, here."""

import sys
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from environs import Env

from tisu.foundation.filestore import read_file_store
from tisu.foundation.identities import PLATFORMS, read_identities
from tisu.foundation.instance import read_instance, read_secret
from tisu.foundation.mailserver import read_mail_server

env = Env()
PACKAGE = Path(__file__).resolve().parent
DATA = env.path("TISU_DATA", default=Path("var")).resolve()
INSTANCE = read_instance(DATA)
TESTING = "pytest" in sys.modules

# --- The house -------------------------------------------------------------------------------------------

# The floor plan, ground first. An app imports only from floors below its own; apps on one floor never
# import each other. tests/test_floors.py keeps it.
FLOORS = [
    ["foundation"],
    ["web", "audit"],
    ["orgs"],
    ["accounts"],
    ["inbox", "documents", "exchange"],
    ["enterprises"],
    ["loop"],
    ["promises", "support"],
    ["voice", "supervision", "liaison", "firms"],
    ["dashboards", "api", "bench"],
]

INSTALLED_APPS = [
    # The house first: where a library says the same sentence, its pages say it in our words.
    *(f"tisu.{app}" for floor in FLOORS for app in floor),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{platform}" for platform in PLATFORMS),
    "csp",
    "django_filters",
]

ROOT_URLCONF = "tisu.urls"
WSGI_APPLICATION = "tisu.wsgi.application"
DEMONSTRATION = INSTANCE.demonstration
# A demonstration has the region of its data, whatever the environment says.
REGION = INSTANCE.region if DEMONSTRATION else env.str("TISU_REGION", default=INSTANCE.region)
CLOCK_OFFSET = INSTANCE.clock_offset
HOST = env.str("TISU_HOST", default="127.0.0.1")
PORT = env.int("TISU_PORT", default=8000)
WORKERS = env.int("TISU_WORKERS", default=2)

# --- Safety ----------------------------------------------------------------------------------------------

SECRET_KEY = env.str("TISU_SECRET_KEY", default=read_secret(DATA))
KEY_RING = env.path("TISU_KEY_RING", default=DATA / "keyring.json")
DEBUG = env.bool("TISU_DEBUG", default=False)
ALLOWED_HOSTS = env.list("TISU_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BEHIND_TLS = env.bool("TISU_TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
# How many proxies that stand in front write into X-Forwarded-For; with none the address is the one that calls.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TISU_PROXIES", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "tisu.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE = timedelta(hours=2)  # a desk that was left; typing a long page counts as nothing asked for
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "tisu.web.errors.csrf_failure"
CSRF_COOKIE_AGE = None  # ends with the visit: a stranger leaves with no cookie that outlives it
LANGUAGE_COOKIE_AGE = None
LANGUAGE_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Tabler draws its form marks from data: images in its own stylesheet
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tisu.web.middleware.NothingKeptMiddleware",
    "tisu.web.middleware.ChosenLanguageMiddleware",
    "tisu.web.middleware.NoNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tisu.web.middleware.DatabaseGoneMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tisu.accounts.middleware.WhoAndWhereMiddleware",
    "tisu.web.middleware.SignedInUnlessPublicMiddleware",
    "tisu.accounts.first_things.FirstThingsFirstMiddleware",
]

# --- Who signs in ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [  # why these and no others: docs/decisions/0023-*.md
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": f"{_RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "mobile")},
    },
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
    {"NAME": "tisu.accounts.passwords.NotUsedBefore", "OPTIONS": {"last": 5}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk"
ACCOUNT_ADAPTER = "tisu.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_FORMS = {"login": "tisu.accounts.factor_forms.SignInForm"}

# Roles that do not go without a second factor: they open what is sealed, or decide who may. A county may name more
# of them, or `everyone`, and never fewer. In a demonstration only walled pages ask for one.
MFA_REQUIRED = frozenset() if DEMONSTRATION else frozenset(
    {
        "system_admin", "security_admin", "auditor", "discipline", "custodian", "office_lead", "office_staff",
        "supervision", *env.list("TISU_MFA_ROLES", default=[]),
    }
)  # fmt: skip
WALLS_OPEN_FOR = timedelta(minutes=15)  # after a second factor was shown
MFA_ADAPTER = "tisu.accounts.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute out
MFA_FORMS = {
    "authenticate": "tisu.accounts.factor_forms.SecondFactorForm",
    "authenticate_webauthn": "tisu.accounts.factor_forms.PasskeySecondFactorForm",
    "login_webauthn": "tisu.accounts.factor_forms.PasskeySignInForm",
    "reauthenticate": "tisu.accounts.factor_forms.ProofForm",
    "reauthenticate_webauthn": "tisu.accounts.factor_forms.PasskeyProofForm",
}

SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # before another account is linked
SOCIALACCOUNT_ADAPTER = "tisu.accounts.linked.LinkAdapter"
SOCIALACCOUNT_PROVIDERS = read_identities(env)  # none, unless the environment names a client and its secret

# --- Where it is kept ------------------------------------------------------------------------------------

DATABASES = {"default": env.dj_db_url("TISU_DATABASE_URL", default=f"sqlite:///{DATA / 'tisu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL keeps an acknowledged commit when the power goes; IMMEDIATE makes a writer wait at the door
    # instead of failing half-way; secure_delete leaves nothing of what was erased in the file.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,  # seconds at the door before the page says that the database is busy
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
    if TESTING:  # a file, as in life: threads and processes share it and wait at the same door
        DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
        DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # What is asked again and again is prepared by the server too (foundation/prepared.py): it need not plan it anew.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
    if not TESTING:
        DATABASES["default"]["OPTIONS"]["pool"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APP_ROLE = env.str("TISU_APP_ROLE", default="")  # PostgreSQL: who serves and may not change a ledger
ANCHORS = env.path("TISU_ANCHORS", default=DATA / "anchors.txt")
CACHES = {
    # In the database, so that a lockout holds for every process.
    "default": {"BACKEND": "tisu.accounts.cache.FrankDatabaseCache", "LOCATION": "cache"}
}

# --- Papers that come in ---------------------------------------------------------------------------------

FILE_UPLOAD_HANDLERS = [
    "tisu.documents.arriving.CountedUpload"
]  # for every form: what is too much is not read on
DOCUMENTS_AT_ONCE = env.int("TISU_DOCUMENTS", default=10)
DOCUMENT_MB = env.int("TISU_DOCUMENT_MB", default=50)
DOCUMENTS_MB = env.int("TISU_DOCUMENTS_MB", default=100)  # all that are handed in together
STRANGERS_MB_AN_HOUR = env.int("TISU_STRANGERS_MB", default=5_000)  # all strangers together
STRANGER_MB_AN_HOUR = env.int("TISU_STRANGER_MB", default=500)  # those of one network, in one process
# clamd, as unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310; without one nothing is checked for viruses.
CLAMAV = env.str("TISU_CLAMAV", default="")

# --- How it speaks and looks -----------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
    ("en", _("English")),
]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = ["tisu.web.formats"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tisu.web.templatetags.web",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tisu.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "tisu.web.forms.Renderer"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Sheets that wait to be imported; gone when they are in, or after a week.
    "sheets": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA / "sheets",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    "documents": read_file_store(env.str("TISU_FILES", default=""), DATA / "documents"),
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = False

# --- What goes out of the house ---------------------------------------------------------------------------

# Where people reach these pages: the links in letters begin with it.
PUBLIC_URL = env.str("TISU_URL", default=f"http://localhost:{PORT}").rstrip("/")
MAIL_SERVER = read_mail_server(env.str("TISU_SMTP_URL", default=""))
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("TISU_MAIL_FROM", default=MAIL_SERVER.sender)
SMS_URL = env.str("TISU_SMS_URL", default="")
SMS_TOKEN = env.str("TISU_SMS_TOKEN", default="")
SMS_TEMPLATE = env.str("TISU_SMS_TEMPLATE", default='{"phone": "{phone}", "text": "{text}", "id": "{key}"}')
SMS_OK = env.str("TISU_SMS_OK", default="")
# Robots and gateways are reached over https; plain http only on this very machine, where this says so.
HOOKS_ON_LOOPBACK = env.bool("TISU_HOOKS_ON_LOOPBACK", default=False)

# --- What the log keeps ----------------------------------------------------------------------------------

# No address and no user agent of a stranger is written anywhere (architecture.md §4): access lines are the
# server's and stay switched off; what is logged here names the fault, not the visitor.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
