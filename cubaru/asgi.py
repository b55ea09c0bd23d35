"""The door for asynchronous web servers: `cubaru.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cubaru.settings")

application = get_asgi_application()
