"""All settings, read from the environment only (`docs/hosting.md` lists them)."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from banderole.common import env

HOME = env.folder("BANDEROLE_HOME", "site")
PORT = env.number("BANDEROLE_PORT", 8000, lowest=1, highest=65535)
PUBLIC_URL = env.origin("BANDEROLE_URL", f"http://localhost:{PORT}")
# The last X-Forwarded-For entry of a reverse proxy on this machine says where a visitor comes from.
BEHIND_PROXY = env.boolean("BANDEROLE_BEHIND_PROXY", default=False)
SECURE = PUBLIC_URL.startswith("https://")
DEMO = env.boolean("BANDEROLE_DEMO", default=False) or (HOME / "demo").exists()

# A home that `banderole init` has not made yet has no secret; commands that need none may still run.
SECRET_KEY = env.secret_file(HOME / "keys" / "site.secret", "not-yet-initialised")

DEBUG = False
ALLOWED_HOSTS = [str(urlsplit(PUBLIC_URL).hostname), "localhost", "127.0.0.1"]
ROOT_URLCONF = "banderole.urls"
WSGI_APPLICATION = None

# Upper apps first: their templates and admin hooks win over those of lower ones.
BANDEROLE_APPS = [
    f"banderole.{app}"
    for app in (
        "baking", "federation", "welcome", "campaigns", "letters",
        "publishing", "people", "accounts", "vault", "common",
    )
]  # fmt: skip
INSTALLED_APPS = [
    *BANDEROLE_APPS,
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "banderole.common.admin_policy.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "banderole.accounts.middleware.TeamMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

DATABASES = {
    "default": env.database("DATABASE_URL")
    if env.text("DATABASE_URL")
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "banderole.db",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
                "PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY"
            ),
        },
    }
}

AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/espace/"
WAGTAILADMIN_LOGIN_URL = "/espace/entrer/"
# Argon2id of the vault: memory in KiB, rounds, lanes; 256 MiB cost a thief (and a login) some tenths of a second.
PASSPHRASE_COST = (256 * 1024, 3, 4)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = True

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS: list[str] = []
USE_I18N = USE_TZ = True
TIME_ZONE = env.time_zone("BANDEROLE_TIME_ZONE", "Europe/Paris")

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "banderole.common.assets.VersionedStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
BAKED_ROOT = HOME / "baked"
KEYS_ROOT = HOME / "keys"
OUTBOX_ROOT = HOME / "outbox"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

WAGTAIL_SITE_NAME = "Banderole"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Accounts have no mail address, and one passphrase that also opens the vault: Wagtail's own forms know neither.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "publishing.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "banderole.publishing.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Mail leaves through one relay; without one it waits in the database (a demo shows it on /outbox/ instead).
SMTP_HOST = env.text("BANDEROLE_SMTP_HOST")
SMTP_PORT = env.number("BANDEROLE_SMTP_PORT", 587, lowest=1, highest=65535)
SMTP_USER = env.text("BANDEROLE_SMTP_USER")
SMTP_PASSWORD = env.text("BANDEROLE_SMTP_PASSWORD")
SMTP_SECURITY = env.choice("BANDEROLE_SMTP_SECURITY", "starttls", allowed=("starttls", "tls", "none"))
SMTP_CONNECTIONS = env.number("BANDEROLE_SMTP_CONNECTIONS", 4, lowest=1, highest=64)
MAIL_FROM = env.mail_address("BANDEROLE_MAIL_FROM", f"bonjour@{urlsplit(PUBLIC_URL).hostname}")

# How long a notice of a changed event waits, in seconds: changes gather in it, and can be undone.
NOTICE_DELAY = env.number("BANDEROLE_NOTICE_DELAY", 600, lowest=0, highest=86400)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Below an error, Django would log addresses, and some addresses are somebody's link.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
