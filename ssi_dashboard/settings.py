"""Every switch is an environment variable with a working default; docs/operations.md lists them."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ssi_dashboard.env import (
    env_address,
    env_bool,
    env_choice,
    env_int,
    env_key,
    env_list,
    env_secret_key,
    env_site,
    env_url,
    env_var_dir,
    env_zone,
    is_loopback,
    private_folder,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env_var_dir("VAR_DIR", BASE_DIR / "var")

# --- where it listens, and what people type ---

DEBUG = env_bool("DEBUG", False)
BIND = env_address("BIND", "127.0.0.1")
PORT = env_int("PORT", 8000, least=1, most=65535)
ON_LOOPBACK = is_loopback(BIND)
SITE_URL = env_site(
    "SITE_URL", f"http://{'[::1]' if BIND == '::1' else 'localhost' if ON_LOOPBACK else BIND}:{PORT}"
)
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env_list(
    "ALLOWED_HOSTS",
    [
        urlsplit(SITE_URL).hostname or "localhost",
        *(["localhost", "127.0.0.1", "[::1]"] if ON_LOOPBACK else []),
    ],
)
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0, least=0, most=5)
SECRET_KEY = env_secret_key("SECRET_KEY", debug=DEBUG, loopback=ON_LOOPBACK, kept_in=VAR_DIR / "secret-key")

# --- what people bring in ---

UPLOADS = private_folder(VAR_DIR / "uploads")
UPLOAD_MOST_BYTES = env_int("UPLOAD_MOST_MB", 512, least=1, most=65536) * 1_000_000
FILE_UPLOAD_TEMP_DIR = UPLOADS  # what a broken connection leaves there is swept like the rest
ARCHIVE_KEY, ARCHIVE_KEY_FILE = env_key("ARCHIVE_KEY"), VAR_DIR / "archive-key"

# --- the parts of the house ---

INSTALLED_APPS = [
    "ssi_dashboard.apps.DashboardConfig",
    "teams.apps.TeamsConfig",
    "scoring.apps.ScoringConfig",
    "ssi_dashboard.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "ssi_dashboard.middleware.ReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ssi_dashboard.middleware.PreferencesMiddleware",
    "ssi_dashboard.middleware.ActingMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ssi_dashboard.middleware.LoginDoor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "ssi_dashboard.urls"
WSGI_APPLICATION = "ssi_dashboard.wsgi.application"
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
                "ssi_dashboard.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- the database carries the truth ---

_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;",
}
# Both sides give a silent one up after half a minute: this process a server that it cannot reach, the server
# a client whose locks others wait for. Left to themselves they take a quarter of an hour, or two hours. One
# that answers but does no more (a stopped process, a proxy) loses its transaction before a part's lease ends.
_POSTGRESQL_OPTIONS = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "options": "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 "
    "-c tcp_user_timeout=30s -c idle_in_transaction_session_timeout=5min",
}
DATABASES = {
    "default": env_url(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        schemes={"sqlite", "postgres", "postgresql"},
        parse=environ.Env.db_url_config,
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
    # The default in-memory test database would hide locking.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    # Longer than a day: of what a night asks, the night before has left the tables' descriptions there.
    DATABASES["default"] |= {"CONN_MAX_AGE": 26 * 60 * 60, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = _POSTGRESQL_OPTIONS | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the broker carries hints ---

VALKEY_SOCKET = VAR_DIR / "valkey.sock"


def _redis(address: str) -> dict[str, str]:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return {"broker": f"redis+socket://{parts.path}?virtual_host=0", "cache": f"unix://{parts.path}?db=1"}
    server = f"{parts.scheme}://{parts.netloc}"
    return {"broker": f"{server}/0", "cache": f"{server}/1"}


REDIS = env_url("REDIS_URL", f"unix://{VALKEY_SOCKET}", schemes={"redis", "rediss", "unix"}, parse=_redis)
_REDIS_CACHE = {
    "LOCATION": REDIS["cache"],
    "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2, "health_check_interval": 25},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_REDIS_CACHE},
    # The same server, but what goes there may be lost: without it pages are slower, and that is all.
    "forgetful": {"BACKEND": "ssi_dashboard.forgetful.ForgetfulCache", **_REDIS_CACHE},
    # What templates say to everybody in the same words, in the memory of each process.
    "fragments": {
        "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if DEBUG else 'locmem.LocMemCache'}"
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "forgetful"

CELERY_BROKER_URL = REDIS["broker"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "visibility_timeout": 3600,
    # A form does not wait for a broker that is gone: the need is a row, and the tick finds it.
    "max_retries": 1,
    "interval_start": 0.1,
    "connect_retries_timeout": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # KiB; who ever took more is replaced after the task
CELERY_DB_REUSE_MAX = sys.maxsize  # Celery's way would be a new connection a task; ours is in celery.py
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# --- people and doors ---

AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["teams.signin.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "teams.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- what a browser is told ---

# Plotly adds one empty <style> element and fills it by script: the hash is that of nothing.
_EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, _EMPTY_STYLE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ssi_dashboard.views.form_expired"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- words, numbers, days ---

LANGUAGE_CODE = env_choice("LANGUAGE_CODE", "en", {"en", "pl", "it"})
LANGUAGES = [("en", _("English")), ("pl", _("Polish")), ("it", _("Italian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["ssi_dashboard.formats"]
TIME_ZONE = env_zone("TIME_ZONE", "Europe/Warsaw")
USE_TZ = True

# --- mail ---

_MAIL = env_url(
    "EMAIL_URL",
    "consolemail://",
    schemes={"smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail"},
    parse=environ.Env.email_url_config,
)
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST = _MAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _MAIL.get("EMAIL_FILE_PATH") or str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = f"SSI Dashboard <no-reply@{urlsplit(SITE_URL).hostname}>"

# --- files a browser asks for ---

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ssi_dashboard.collected.CollectedFiles"
    },
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what is written down ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {name: {"level": "INFO"} for name in ("ssi_dashboard", "scoring", "teams")},
}
