"""The settings as the type checker sees them.

modeltranslation puts classes that it makes at start-up in the place of each model's manager. mypy's Django
plugin cannot name those; without the app it sees the managers that the models declare.
"""

from cubaru import settings as site

globals().update({name: value for name, value in vars(site).items() if name.isupper()})
INSTALLED_APPS = [app for app in site.INSTALLED_APPS if app != "modeltranslation"]
