"""OAI-PMH 2.0: the published records for harvesters such as Europeana's.

An item is a record under one slug: its newest entry of the ledger says whether it is there. What was
withdrawn, merged or moved stays as deleted, for ever: the ledger forgets nothing.
"""
