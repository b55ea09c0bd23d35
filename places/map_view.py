"""Which part of the world a map shows, in map units (see projection.py); all views have one shape."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from places.projection import UNITS, WEST, latitude_of, longitude_of, x_of, y_of

#: Height by width.
SHAPE: Final = 2 / 3
#: As far as the outlines are drawn.
WORLD: Final = (-169 * UNITS, y_of(84), 191 * UNITS, y_of(-58))
#: Nobody comes nearer than half a degree: the outlines know no more.
NARROWEST: Final = 0.5 * UNITS
#: Between what must be seen and the edge, as a part of the width.
MARGIN: Final = 0.09

Point = tuple[float, float]
#: West, south, east and north, in degrees.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapView:
    left: float
    top: float
    width: float

    @property
    def height(self) -> float:
        return self.width * SHAPE

    @classmethod
    def around(cls, points: Iterable[Point], *, narrowest: float = NARROWEST) -> Self:
        """The nearest view of all the points, with a margin; the whole world where there is none."""
        found = list(points)
        if not found:
            return cls.of_edges(*WORLD)
        xs, ys = [x for x, _y in found], [y for _x, y in found]
        wide = max(max(xs) - min(xs), (max(ys) - min(ys)) / SHAPE)
        margin = (max(wide / (1 - 2 * MARGIN), narrowest) - wide) / 2
        return cls.of_edges(min(xs) - margin, min(ys) - margin * SHAPE, max(xs) + margin,
                            max(ys) + margin * SHAPE)  # fmt: skip

    @classmethod
    def of_box(cls, box: Box) -> Self:
        west, south, east, north = box
        # The edge of the map is its western end as a beginning and its eastern one as an end.
        left, right = x_of(west), x_of(east) if east > WEST else (east + 360) * UNITS
        if right < left or (west, east) == (-180, 180):
            left, right = WORLD[0], WORLD[2]
        return cls.of_edges(left, y_of(min(north, 85)), right, y_of(max(south, -85)))

    @classmethod
    def of_edges(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """The nearest view that holds the edges, as far as the map goes."""
        highest = (WORLD[3] - WORLD[1]) / SHAPE
        width = min(max(right - left, (bottom - top) / SHAPE, NARROWEST), highest, WORLD[2] - WORLD[0])
        x = (left + right - width) / 2
        y = (top + bottom - width * SHAPE) / 2
        return cls(
            min(max(x, WORLD[0]), WORLD[2] - width), min(max(y, WORLD[1]), WORLD[3] - width * SHAPE), width
        )

    def zoomed(self, factor: float) -> Self:
        """With the same middle; a factor above 1 comes nearer."""
        width = self.width / factor
        x, y = self.left + (self.width - width) / 2, self.top + (self.height - width * SHAPE) / 2
        return self.of_edges(x, y, x + width, y + width * SHAPE)

    def place_of(self, point: Point) -> Point:
        """Where a point stands, from 0.0 to 1.0 in both directions where it is in view."""
        x, y = point
        return (x - self.left) / self.width, (y - self.top) / self.height

    def holds(self, point: Point) -> bool:
        return all(0 <= part <= 1 for part in self.place_of(point))

    @property
    def box(self) -> str:
        """As a parameter `bbox` of an address: degrees, as exact as shows."""
        digits = 3 if self.width < 500 else 1
        west, east = longitude_of(self.left), longitude_of(self.left + self.width)
        south, north = latitude_of(self.top + self.height), latitude_of(self.top)
        return ",".join(f"{part:.{digits}f}" for part in (west, south, east, north))

    @property
    def view_box(self) -> str:
        """As SVG has it."""
        return f"{self.left:.2f} {self.top:.2f} {self.width:.2f} {self.height:.2f}"
