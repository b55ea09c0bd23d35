"""Short codes that nobody guesses, for addresses that only those know who were given them."""

import secrets
from typing import Final

#: Without letters and digits that are taken for one another when read out or copied by hand.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
#: 31 to the 10th: some fifty bits.
LENGTH: Final = 10


def new_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _place in range(LENGTH))
