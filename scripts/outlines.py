"""Draws the coasts of the world into static/vendor/map/land.svg, out of Natural Earth (public domain).

The npm package world-atlas has them as TopoJSON. Islands of the Antilles come from its scale of 1:10 million,
all other land from 1:50 million, each with no more points than show. Borders are left out: they moved too
often in the years of the chronicle for one state of them to be right.
"""

import heapq
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from places.projection import UNITS, WEST, y_of  # noqa: E402

ATLAS = ROOT / "node_modules" / "world-atlas"
TARGET = ROOT / "static" / "vendor" / "map" / "land.svg"

Point = tuple[float, float]

#: West, south, east, north in degrees: what lies wholly within is drawn from the finer scale.
ANTILLES: Final = (-85.5, 10.0, -59.0, 27.5)
#: The triangles of two neighbours that a point may span and still be left out, in square map units.
LEAST_TRIANGLE: Final = {"10m": 2.0, "50m": 300.0}
#: Islands smaller than this box are left out, in square map units.
LEAST_ISLAND: Final = {"10m": 12.0, "50m": 900.0}
#: Antarctica lies south of all that the map shows.
SOUTHERNMOST: Final = -60.0


def rings(scale: str) -> Iterator[list[Point]]:
    """The coasts as rings of longitude and latitude. Source: the TopoJSON specification, 2.1.4 and 2.2."""
    topology = json.loads((ATLAS / f"land-{scale}.json").read_text(encoding="utf-8"))
    transform = topology["transform"]
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    arcs: list[list[Point]] = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                yield _joined(ring, arcs)


def _joined(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def unrolled(ring: Sequence[Point]) -> list[Point]:
    """The ring in one piece where it crosses the 180th meridian, within the edges of the map."""
    turns, points = 0, [ring[0]]
    for (x_before, _y), (x, y) in pairwise(ring):
        turns += (x - x_before < -180) - (x - x_before > 180)
        points.append((x + turns * 360, y))
    middle = (min(x for x, _y in points) + max(x for x, _y in points)) / 2
    return [(x - (middle - WEST) // 360 * 360, y) for x, y in points]


def is_within(ring: Sequence[Point], box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in ring)


def simplified(ring: list[Point], least: float) -> list[Point]:
    """The ring without the points whose triangle with their neighbours is smaller than `least`.

    Source: M. Visvalingam and J. D. Whyatt, “Line generalisation by repeated elimination of points” (1993).
    """
    last = len(ring) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))
    gone = [False] * len(ring)

    def area(at: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = ring[before[at]], ring[at], ring[after[at]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    queue = [(area(at), at) for at in range(1, last)]
    heapq.heapify(queue)
    while queue:
        size, at = heapq.heappop(queue)
        if gone[at] or size != area(at):
            continue
        if size >= least:
            break
        gone[at] = True
        after[before[at]], before[after[at]] = after[at], before[at]
        for neighbour in (before[at], after[at]):
            if 0 < neighbour < last:
                heapq.heappush(queue, (area(neighbour), neighbour))
    return [point for point, is_gone in zip(ring, gone, strict=True) if not is_gone]


def path_of(ring: Sequence[Point]) -> str:
    """The ring in whole map units, each point told by its distance from the one before."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole)]
    words = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0))
    return f"M{whole[0][0]} {whole[0][1]}l{words.replace(' -', '-')}z"


def drawn(scale: str) -> Iterator[str]:
    for ring in rings(scale):
        if (scale == "10m") != is_within(ring, ANTILLES) or max(y for _x, y in ring) < SOUTHERNMOST:
            continue
        points = [(x * UNITS, y_of(y)) for x, y in unrolled(ring)]
        width, height = (max(side) - min(side) for side in zip(*points, strict=True))
        outline = simplified(points, LEAST_TRIANGLE[scale])
        if width * height >= LEAST_ISLAND[scale] and len(outline) > 3:
            yield path_of(outline)


def write_outlines() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    path = "".join(part for scale in LEAST_TRIANGLE for part in drawn(scale))
    land = f'<path id="land" vector-effect="non-scaling-stroke" d="{path}"/>'
    TARGET.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{land}</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    write_outlines()
