"""Settings, all from the environment (or a `.env` file beside manage.py), safe without any.

With nothing set the site behaves as in production: no debug pages, https only, strict content
security policy. `make run` sets an http SITE_URL, which is what switches the https rules off.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cubaru.core.database_url import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# Without a key in the environment each process makes its own: safe, but sessions end with it.
SECRET_KEY = env.str("SECRET_KEY", default="") or secrets.token_urlsafe(64)

SITE_URL = env.str("SITE_URL", default="https://localhost").rstrip("/")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname or "localhost", "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    "modeltranslation",  # must stand before the admin: it patches model managers
    "nested_admin",
    "cubaru.admin_site.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "axes",
    "csp",
    "cubaru.core",
    "sources",
    "places",
    "people",
    "events",
    "clients",
    "hooks",
    "readers",
]

MIDDLEWARE = [
    "cubaru.core.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cubaru.urls"
WSGI_APPLICATION = "cubaru.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cubaru.core.context.site",
            ],
        },
    },
]

# Databases -------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": database_from_url(
        env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads first and writes later would fail at once when another one
    # holds the lock, whatever the timeout. WAL: readers go on while somebody writes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# People and passwords --------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = env.int("SIGN_IN_TRIES", default=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 1  # hours
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # the log has its records, and axes_reset lets somebody in again

# Languages and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "es", "ru")
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "es", "ru")}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))
# Where make_dumps puts what the page of data offers.
DUMPS_ROOT = env.str("DUMPS_ROOT", default=str(BASE_DIR / "dumps"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Safety ----------------------------------------------------------------------------------------

_https = _site.scheme == "https"
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes speak http from inside
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cubaru.csrf_views.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Whom harvesters write to when something is wrong with what they get.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default=f"webmaster@{_site.hostname or 'localhost'}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# The API ---------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["cubaru.core.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PAGINATION_CLASS": "cubaru.core.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["cubaru.core.api.filters.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cubaru.core.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": env.int("PROXIES", default=0),  # how many of ours add to X-Forwarded-For
}
API_READS_A_MINUTE = env.int("API_READS_A_MINUTE", default=1200)  # an address; 0: any number
API_WRITES_A_MINUTE = env.int("API_WRITES_A_MINUTE", default=120)  # a token; 0: any number
API_WRONG_TOKENS_A_MINUTE = env.int("API_WRONG_TOKENS_A_MINUTE", default=10)  # an address; 0: any number
# How often one address may send each of the forms for readers; 0: any number.
READER_FORMS_AN_HOUR = env.int("READER_FORMS_AN_HOUR", default=10)
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "cubaru",
    "DESCRIPTION": "A chronicle of Cuban-Russian relations, 1902 to today, that a reader can check.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVERS": [{"url": SITE_URL}],
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": ["cubaru.core.api.schema.without_marks", "clients.api.schema.with_statuses"],
}

# Webhooks go to https addresses of the open internet only; with this, for trials, to any.
WEBHOOKS_MAY_BE_LOCAL = env.bool("WEBHOOKS_MAY_BE_LOCAL", default=False)

# Whoever wrote a claim or a record cannot be the one who checks or publishes it. A project of one person
# sets this to no, and its pages say so.
FOUR_EYES = env.bool("FOUR_EYES", default=True)

CORPUS_DIR = BASE_DIR / "cubaru" / "corpus"
