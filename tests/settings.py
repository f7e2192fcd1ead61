"""The site's own settings, the same on every machine: only DATABASE_URL is left to the shell."""

import hashlib
import os

for _name in (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "HSTS_SECONDS",
    "HTTPS",
    "ENTRY_WORDS",
    "LIST",
    "SECRET_KEY",
    "SECTION_WORDS",
    "TIME_ZONE",
):
    os.environ.pop(_name, None)
os.environ["DEBUG"] = "1"

from plmsite.settings import *  # noqa: E402
from plmsite.settings import BASE_DIR, DATABASES  # noqa: E402

if "sqlite" not in DATABASES["default"]["ENGINE"]:
    # One server, many checkouts: each has test databases of its own name, and none waits.
    _checkout = hashlib.sha256(os.fsencode(BASE_DIR)).hexdigest()[:8]
    DATABASES["default"]["TEST"] = {"NAME": f"test_plm_{_checkout}"}

# Slow hashes are good for users and bad for tests: this one line is most of the suite's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# That sessions are kept in a table is Django's; hundreds of tests log somebody in.
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
