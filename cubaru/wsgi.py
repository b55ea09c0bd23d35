"""The door for web servers: `cubaru.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cubaru.settings")

application = get_wsgi_application()

# All addresses, and with them all that they need, are loaded before somebody waits for them. What is loaded
# stays as long as the process does: the collector need not look through it again, which took up to a tenth
# of a second in the middle of an answer.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
