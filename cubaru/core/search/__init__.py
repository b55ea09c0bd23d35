"""Search over all kinds of records, in three languages and any spelling: see `docs/search.md`.

`indexing` writes the index, `searching` and `suggesting` read it, `checking` compares it with the records.
"""
