"""Search over all kinds of records, in three languages and any spelling; `docs/search.md` tells how it works.

Write: `indexing.index`, `index_many`. Read: `searching.search`, `suggesting.suggest`. Check: `checking.verify`.
"""
