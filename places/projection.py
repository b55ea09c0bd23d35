"""The projection of all maps: Miller's, which shows Cuba in its true shape and does not blow Russia up.

Source: O. M. Miller, “Notes on Cylindrical World Map Projections”, Geographical Review 32 (1942).
It is also in static/js/map/projection.js, and the outlines of set-up are drawn in it (scripts/outlines.py).
"""

from math import asinh, atan, degrees, radians, sinh, tan
from typing import Final

#: Map units in a degree of longitude; outlines have whole units for coordinates.
UNITS: Final = 100
#: The edge of the map in degrees: Bering Strait, so that Russia is whole.
WEST: Final = -169.0


def x_of(longitude: float) -> float:
    """In map units, from -16,900 at Bering Strait eastwards to 19,100."""
    return (longitude if longitude >= WEST else longitude + 360) * UNITS


def y_of(latitude: float) -> float:
    """In map units, downwards: the equator is 0, Murmansk -8,282."""
    return -degrees(1.25 * asinh(tan(0.8 * radians(latitude)))) * UNITS


def longitude_of(x: float) -> float:
    degrees_east = x / UNITS
    return degrees_east if degrees_east <= 180 else degrees_east - 360


def latitude_of(y: float) -> float:
    return degrees(1.25 * atan(sinh(0.8 * radians(-y / UNITS))))
