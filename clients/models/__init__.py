from clients.models.kept_answer import KeptAnswer
from clients.models.token import Token

__all__ = ["KeptAnswer", "Token"]
