"""The levels of detail of the timeline: which events show at which zoom, and how many there are.

The span is cut into tiles (`tiles`). In every tile of every level the K most important events show; an
event is kept with the first level at which it does (`models`), once among all events, once among those of
its lane and once among those of each of its themes (`series`). `upkeep` follows the ledger, `rebuilding`
makes all anew in one pass, `checking` compares with a reading of its own, `reading` answers what a viewport
needs, `periods` counts by calendar, `persons` does both for one person's events.
"""
