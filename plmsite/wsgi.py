"""What a WSGI server is pointed at: `plmsite.wsgi:application`."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from plmsite.environment import BadEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plmsite.settings")

try:
    application = get_wsgi_application()
except BadEnvironment as refusal:
    # As in manage.py: the sentence alone, where the log of the server shows it.
    sys.exit(f"Not started. {refusal}")
