"""Settings. What differs between machines comes from the environment: see docs/operate.md.

Without any variable the site is a production site and asks for its SECRET_KEY; DEBUG=1 makes it
a playground on one's own machine.
"""

from pathlib import Path

from plmsite import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# --- The machine ---

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.secret_key(debug=DEBUG)
ALLOWED_HOSTS = environment.allowed_hosts()
CSRF_TRUSTED_ORIGINS = environment.trusted_origins()
DATABASES = {"default": environment.database(BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- The list: what pages and messages call a section of it, and an entry of a section ---

SECTION_WORDS = environment.noun("SECTION_WORDS", default=("organisation", "organisations"))
ENTRY_WORDS = environment.noun("ENTRY_WORDS", default=("model", "models"))

# --- The application ---

ROOT_URLCONF = "plmsite.urls"
WSGI_APPLICATION = "plmsite.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "catalog",
]

MIDDLEWARE = [
    "plmsite.health.healthz",
    "plmsite.security.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

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
                "catalog.words.in_templates",
            ],
        },
    },
]

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- The API: the same for everybody, in JSON only ---

REST_FRAMEWORK = {
    # Nobody logs in there, so no answer depends on who asks and no cookie is looked at.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    # The browsable pages of the framework would need inline scripts.
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "The catalogue",
    "DESCRIPTION": "What the list says, and what is known beyond it: read-only, in its order.",
    "VERSION": "1",
    "ENUM_NAME_OVERRIDES": {
        "Access": "catalog.models.Access",
        "ModelKind": "catalog.models.ModelKind",
        "AliasKind": "catalog.models.AliasKind",
        "ResourceKind": "catalog.kinds.choices",
    },
}

# A record's page sends eight fields for each of its links: Django's thousand would end at 120.
# The limit is against requests made of millions of fields, and far below that still.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- Language and time ---

LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.time_zone()
USE_I18N = True
USE_TZ = True

# --- Static files: hashed and compressed by collectstatic, served by WhiteNoise ---

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# While one works on the site they are taken where they lie, and collectstatic is not needed.
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Security ---

# HTTPS=0 is for a site inside a house that has no certificates.
HTTPS = environment.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = environment.whole_number("HSTS_SECONDS", default=2_592_000) if HTTPS else 0
# Whether other hosts below this name are bound too, and whether browsers learn the name by heart,
# is for the owner of the domain to say at the proxy; this application sees only its own host.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Only behind a proxy that sets this header itself: else a visitor could claim HTTPS by hand.
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- The log: to standard error, where systemd and containers pick it up ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own two would mail the admins, of whom there are none, and print a second time.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        # Robots ask for any host name, all day; the answer 400 is enough, a traceback too much.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
