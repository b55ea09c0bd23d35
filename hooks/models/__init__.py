from hooks.models.delivery import OUTSTANDING, Delivery, DeliveryState
from hooks.models.webhook import Webhook

__all__ = ["OUTSTANDING", "Delivery", "DeliveryState", "Webhook"]
