from cubaru.core.models.change_set import ChangeSet, ChangeSetRow, Purpose, RowState, Stage
from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.core.models.likeness import Likeness, LikenessKey
from cubaru.core.models.name import Name, NameKind
from cubaru.core.models.open_form import OpenForm
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.proposal import Proposal, ProposalState
from cubaru.core.models.record import Record, Status
from cubaru.core.models.revision import Revision
from cubaru.core.models.row import Part, Row
from cubaru.core.models.step import Step
from cubaru.core.models.translation_state import TranslationState
from cubaru.core.search.tables import SearchEntry, SearchForm, SearchSpelling

__all__ = [
    "Action",
    "ChangeSet",
    "ChangeSetRow",
    "LedgerEntry",
    "Likeness",
    "LikenessKey",
    "Name",
    "NameKind",
    "OpenForm",
    "Part",
    "PastSlug",
    "Proposal",
    "ProposalState",
    "Purpose",
    "Record",
    "Revision",
    "Row",
    "RowState",
    "SearchEntry",
    "SearchForm",
    "SearchSpelling",
    "Stage",
    "Status",
    "Step",
    "TranslationState",
]
