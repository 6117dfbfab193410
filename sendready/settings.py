"""One settings file for every installation. Only environment variables differ; each is read strictly, once, here."""

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from environs import Env, validate

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that an installation stores when no other place is named: database, files, broker, keys.
VAR_DIR = env.path("SENDREADY_VAR", BASE_DIR / "var")
FIXTURES_DIR = BASE_DIR / "fixtures"
VERSION = "0.1.0"

# A demonstration installation stores synthetic children only; a real one asks for a second factor near rows.
DEMO = env.bool("SENDREADY_DEMO", False)
# Said out loud by an officer who runs sendready on one machine without TLS.
LOCAL_ONLY = env.bool("SENDREADY_LOCAL_ONLY", False)
TLS = env.bool("SENDREADY_TLS", False)
# A real installation asks a second step at sign-in of everybody who can see child rows; "off" closes the lists.
SECOND_FACTOR_REQUIRED = (
    not DEMO and env.str("SENDREADY_SECOND_FACTOR", "on", validate=validate.OneOf(["on", "off"])) == "on"
)
SECRET_KEY = env.str("SENDREADY_SECRET_KEY", validate=validate.Length(min=32))
# Encrypts the vault (files that name children). Urlsafe base64 of 32 bytes; empty means there is no vault.
STORAGE_KEY = env.str("SENDREADY_STORAGE_KEY", "")
DEBUG = False
ALLOWED_HOSTS = env.list("SENDREADY_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("SENDREADY_ORIGINS", [])
SITE_URL = env.str("SENDREADY_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "sendready",
    "inspection",
    "selfeval",
    "strategy",
    "indicators",
    "children",
    "evidence",
    "framework",
    "documents",
    "accounts",
    "accounts.apps.ReferenceDataConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "csp",
    "django_filters",
    "crispy_forms",
    "crispy_forms_gds",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.pages_out_of_caches",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.sessions_noted_alive",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.refusals_as_pages",
    "documents.middleware.refuse_oversize",
    "sendready.request_log.LoggedRequests",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sendready.urls"
WSGI_APPLICATION = "sendready.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "accounts.context_processors.service",
                "sendready.navigation.navigation",
            ],
        },
    }
]

# -- data
DATABASES = {"default": env.dj_db_url("SENDREADY_DATABASE_URL", f"sqlite:///{VAR_DIR / 'sendready.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Holds what is counted against guessing (codes of the second step, resets): every web process counts with the others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_count",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# -- who acts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
# A session ends with the browser, and before that after SESSION_IDLE_MINUTES of doing nothing.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Somebody without an account gets no mail: the outbox is not there to be filled by passers-by.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# The lock-outs of axes come first; this limit also covers codes of the second step.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,60/m/ip"}
ACCOUNT_FORMS = {
    "login": "accounts.signin_forms.SignInForm",
    "change_password": "accounts.signin_forms.PasswordChangeForm",
    "reset_password": "accounts.signin_forms.PasswordResetForm",
    "reset_password_from_key": "accounts.signin_forms.PasswordFromLinkForm",
    "reauthenticate": "accounts.signin_forms.PasswordAgainForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.signin_forms.CodeForm",
    "reauthenticate": "accounts.signin_forms.CodeAgainForm",
    "activate_totp": "accounts.signin_forms.SecondStepForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "sendready"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# The page says when to try again; trying in between must not make that untrue.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "accounts.lockout.signing_in_as"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out_page"
AXES_VERBOSE = False

# Minutes of doing nothing before a session ends; the page warns in time and keeps what was typed.
SESSION_IDLE_MINUTES = env.int("SENDREADY_SESSION_IDLE_MINUTES", 60)
# A session is noted as alive at most this often, so that reading pages writes nothing; it lasts that much longer.
SESSION_NOTED_SECONDS = min(120, SESSION_IDLE_MINUTES * 6)
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60 + SESSION_NOTED_SECONDS
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "sendready.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# -- words and times
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# -- static files: `script/assets` builds them from static/ into build/assets/; they are never committed
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
ASSETS_DIR = BASE_DIR / "build" / "assets"
STATICFILES_DIRS = [ASSETS_DIR] if ASSETS_DIR.is_dir() else []
# "manifest" serves what collectstatic gathered, under names that carry a hash; "plain" serves the built files as they
# are, which is what tests and hand-run servers want. Unsaid, it follows from whether collectstatic has run.
STATIC_FILES = env.str(
    "SENDREADY_STATIC",
    "manifest" if (STATIC_ROOT / "staticfiles.json").exists() else "plain",
    validate=validate.OneOf(["manifest", "plain"]),
)
STORAGES = {
    "default": {"BACKEND": "documents.storage.WholeFileStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {
        "BACKEND": "sendready.static_storage.ManifestStorage"
        if STATIC_FILES == "manifest"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = STATIC_FILES == "plain"
WHITENOISE_AUTOREFRESH = STATIC_FILES == "plain"

# -- uploads
UPLOAD_LIMIT_MB = env.int("SENDREADY_UPLOAD_LIMIT_MB", 100)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What is larger stands in a file without a name, which is gone whatever becomes of the process.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploads.NamelessUploadHandler",
]
# A request may carry several files, but not more than this in all; refused before it is read.
REQUEST_LIMIT_MB = env.int("SENDREADY_REQUEST_LIMIT_MB", UPLOAD_LIMIT_MB + 50)
CLAMAV_ADDRESS = env.str("SENDREADY_CLAMAV", "")
# Half-made files, on the disk of the store. Room that is left for the database whatever happens.
WORK_DIR = VAR_DIR / "work"
# Drawings of charts: lost ones are drawn again.
CHART_DIR = VAR_DIR / "charts"
DISK_RESERVE_MB = env.int("SENDREADY_DISK_RESERVE_MB", 100)

# -- mail: everything goes through the outbox, which works with no mail server
EMAIL_BACKEND = "accounts.mail.OutboxBackend"
MAIL_SERVER_URL = env.str("SENDREADY_MAIL_URL", "")
DEFAULT_FROM_EMAIL = env.str("SENDREADY_MAIL_FROM", "sendready@localhost")

# -- background work
REDIS_URL = env.str("SENDREADY_REDIS_URL", "")
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 5,
        # A broker that is away must not keep a person waiting: the row is stored, the sweep rings later.
        "socket_connect_timeout": 2,
        # One that takes the connection and never answers, too. Workers wait for news a second at a time.
        "socket_timeout": 2,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.2,
    }
else:
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "queue"),
        "data_folder_out": str(VAR_DIR / "broker" / "queue"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "sweep jobs": {"task": "documents.sweep_jobs", "schedule": 60.0},
    "keep house": {"task": "documents.keep_house", "schedule": crontab(hour=3, minute=10)},
    # Twice, for a machine that was off at seven: nobody gets it twice.
    "monday digest": {"task": "strategy.send_digest", "schedule": crontab(day_of_week="mon", hour="7,12", minute=5)},
    "erase rows that are due": {"task": "children.erase_due_rows", "schedule": crontab(hour=3, minute=20)},
}
# What follows in the apps above when a setting of the area changes.
AREA_CHANGED = ["indicators.actions.own.area_changed"]
# What people own, and how it passes on when they leave.
HANDOVER = "sendready.handover.HANDOVER"
EXPORT_KINDS = env.str("SENDREADY_EXPORT_KINDS", "sendready.export_kinds.EXPORT_KINDS")
EXPORT_KEEP_DAYS = env.int("SENDREADY_EXPORT_KEEP_DAYS", 183)
# What apps above the lists hold by Unique ID: a function of theirs, called when the rows of an upload are erased.
ERASED_WITH_LISTS = ["inspection.erasing.erase_likely_six"]
# Where evidence is used: a function of each app above it, asked by the page of an item.
EVIDENCE_USES = ["strategy.evidence_uses.tell", "selfeval.evidence_uses.tell", "inspection.evidence_uses.tell"]
# What apps above the store know of a file: a function of theirs, called when the file is erased.
ERASED_WITH_FILES = ["evidence.erasing.erase_words"]
# Each kind of background job (a documents.models.Job) and the task that its bell rings.
JOB_MODELS = {
    "documents.Export": "documents.make_export",
    "children.ListUpload": "children.read_upload",
    "evidence.FileText": "evidence.read_text",
    "indicators.StatisticsImport": "indicators.read_statistics",
    "inspection.ReportReading": "inspection.read_report",
}
# A job whose worker died this often is given up, so that one poisoned job can't stop all the others.
JOB_MAX_ATTEMPTS = env.int("SENDREADY_JOB_MAX_ATTEMPTS", 15)
JOB_SWEEP_SECONDS = env.int("SENDREADY_JOB_SWEEP_SECONDS", 10)
# Seconds without a heartbeat after which a job counts as abandoned and is queued again.
EXPORT_STALE_SECONDS = env.int("SENDREADY_EXPORT_STALE_SECONDS", 30)

# -- logs
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"pages only": {"()": "sendready.request_log.PagesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["pages only"]}},
    "root": {"handlers": ["console"], "level": env.str("SENDREADY_LOG_LEVEL", "WARNING")},
}
