from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.core.models.name import Name, NameKind
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.proposal import Proposal, ProposalState
from cubaru.core.models.record import Record, Status
from cubaru.core.models.revision import Revision
from cubaru.core.models.row import Part, Row
from cubaru.core.models.step import Step
from cubaru.core.search.tables import SearchEntry, SearchForm, SearchSpelling

__all__ = [
    "Action",
    "LedgerEntry",
    "Name",
    "NameKind",
    "Part",
    "PastSlug",
    "Proposal",
    "ProposalState",
    "Record",
    "Revision",
    "Row",
    "SearchEntry",
    "SearchForm",
    "SearchSpelling",
    "Status",
    "Step",
]
