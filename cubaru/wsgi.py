"""The door for web servers: `cubaru.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cubaru.settings")

application = get_wsgi_application()
