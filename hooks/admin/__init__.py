"""The desk of webhooks: for administrators."""

from hooks.admin import delivery as _delivery  # noqa: F401  (registers deliveries)
from hooks.admin import webhook as _webhook  # noqa: F401  (registers webhooks)
