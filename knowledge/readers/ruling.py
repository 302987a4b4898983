"""Ruled lines on a page -> the cells of its tables, also of one that the page's end cuts open."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from knowledge.readers.page import Box, Grid, grid_of

_SHORT = 3.0  # points; a shorter line rules nothing
_MOST = 4000  # lines; a page with more is a drawing

Edge = dict[str, Any]


def level(x0: float, x1: float, y: float) -> Edge:
    """A line across."""
    return {"orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0}


def upright(x: float, top: float, bottom: float) -> Edge:
    """A line down."""
    return {"orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0, "height": bottom - top}


def grids_of(edges: Iterable[Edge], slip: float = 3.0) -> tuple[Grid, ...]:
    """The tables with two columns or more that these lines rule; ends nearer than `slip` points meet."""
    long = [edge for edge in edges if max(edge["width"], edge["height"]) >= _SHORT]
    if len(long) > _MOST:
        return ()
    merged = merge_edges(long, slip, slip, slip, slip)
    drawn = list(merged)
    merged += _closing(drawn, "top", slip) + _closing(drawn, "bottom", slip)
    cells = intersections_to_cells(edges_to_intersections(merged, slip, slip))
    found = (grid_of([_box(cell) for cell in group]) for group in cells_to_tables(cells))
    known = [replace(grid, torn=not _drawn_below(grid, drawn, slip)) for grid in found if grid]
    return tuple(sorted(known, key=lambda grid: grid.box[1]))


def _drawn_below(grid: Grid, edges: Sequence[Edge], slip: float) -> bool:
    x0, _, x1, bottom = grid.box
    below = [edge for edge in edges if edge["orientation"] == "h" and abs(edge["top"] - bottom) <= slip]
    drawn: float = sum(min(edge["x1"], x1) - max(edge["x0"], x0) for edge in below)
    return drawn > (x1 - x0) / 3


def _box(cell: Sequence[float]) -> Box:
    x0, top, x1, bottom = map(float, cell)
    return x0, top, x1, bottom


def _closing(edges: Sequence[Edge], end: str, slip: float) -> list[Edge]:
    """The line that is missing where several upright ones end together: a row that goes on over the page."""
    groups: list[list[Edge]] = []
    for edge in sorted((one for one in edges if one["orientation"] == "v"), key=lambda one: one[end]):
        if groups and edge[end] - groups[-1][0][end] <= slip:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    found: list[Edge] = []
    for group in groups:
        x0, x1, y = min(e["x0"] for e in group), max(e["x0"] for e in group), group[0][end]
        if x1 - x0 > slip and not any(_runs(edge, x0, x1, y, slip) for edge in edges):
            found.append(level(x0, x1, y))
    return found


def _runs(edge: Edge, x0: float, x1: float, y: float, slip: float) -> bool:
    near = edge["orientation"] == "h" and abs(edge["top"] - y) <= slip
    return bool(near and edge["x0"] <= x0 + slip and edge["x1"] >= x1 - slip)
