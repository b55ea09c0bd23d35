"""The fixed vocabulary of what a person or an organization does in an event."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleGroup(models.TextChoices):
    """The coarse groups by which roles are filtered and counted."""

    PARTY = "party", _("Party")
    SIGNATORY = "signatory", _("Signatory")
    NEGOTIATOR = "negotiator", _("Negotiator")
    INTERLOCUTOR = "interlocutor", _("Interlocutor")
    HOST = "host", _("Host")
    VISITOR = "visitor", _("Visitor")
    DELEGATE = "delegate", _("Delegation")
    ENVOY = "envoy", _("Envoy")
    DIPLOMAT = "diplomat", _("Diplomat or mission")
    AUTHOR = "author", _("Author")
    ADDRESSEE = "addressee", _("Addressee")
    SPEAKER = "speaker", _("Speaker")
    DECISION_MAKER = "decision_maker", _("Decision maker")
    ORGANISER = "organiser", _("Organiser")
    COMMANDER = "commander", _("Commander")
    FORCE = "force", _("Force or unit")
    SUPPLIER = "supplier", _("Supplier")
    CREATOR = "creator", _("Artist or performer")
    VICTIM = "victim", _("Victim")
    SUBJECT = "subject", _("Subject")
    WITNESS = "witness", _("Witness")
    PARTICIPANT = "participant", _("Participant")
    OTHER = "other", _("Other")


class Role(models.TextChoices):
    """One role of a participation; `GROUP_OF` places each in its group."""

    ACCUSED = "accused", _("accused")
    ACCUSER = "accuser", _("accuser")
    ADDRESSEE = "addressee", _("addressee")
    ALLIANCE = "alliance", _("alliance")
    ALLY = "ally", _("ally")
    AMBASSADOR = "ambassador", _("ambassador")
    ANNOUNCER = "announcer", _("announcer")
    ARMED_FORCE = "armed_force", _("armed force")
    AUTHOR = "author", _("author")
    BIDDER = "bidder", _("bidder")
    BROADCASTER = "broadcaster", _("broadcaster")
    BUYER = "buyer", _("buyer")
    CANDIDATE = "candidate", _("candidate")
    CARRIER = "carrier", _("carrier")
    CHAIR = "chair", _("chair")
    CHALLENGER = "challenger", _("challenger")
    CHARGE_D_AFFAIRES = "charge_d_affaires", _("chargé d’affaires")
    COMMANDER = "commander", _("commander")
    CONSECRATOR = "consecrator", _("consecrator")
    CONSUL = "consul", _("consul")
    CONSULAR_OFFICIAL = "consular_official", _("consular official")
    CONTRACTOR = "contractor", _("contractor")
    COSMONAUT = "cosmonaut", _("cosmonaut")
    CREDITOR = "creditor", _("creditor")
    CRITIC = "critic", _("critic")
    DANCER = "dancer", _("dancer")
    DEBTOR = "debtor", _("debtor")
    DECEASED = "deceased", _("deceased")
    DECIDING_BODY = "deciding_body", _("deciding body")
    DECISION_MAKER = "decision_maker", _("decision maker")
    DEFENDANT = "defendant", _("defendant")
    DETAINEE = "detainee", _("detainee")
    DIPLOMAT = "diplomat", _("diplomat")
    DIPLOMATIC_MISSION = "diplomatic_mission", _("diplomatic mission")
    DIRECTOR = "director", _("film director")
    DISMISSED_OFFICIAL = "dismissed_official", _("dismissed official")
    EMPLOYER = "employer", _("employer")
    ENVOY = "envoy", _("envoy")
    EXPROPRIATOR = "expropriator", _("expropriator")
    FOUNDER = "founder", _("founder")
    FUNCTIONARY = "functionary", _("functionary")
    GOVERNMENT = "government", _("government")
    HEAD_OF_DELEGATION = "head_of_delegation", _("head of delegation")
    HEAD_OF_GOVERNMENT = "head_of_government", _("head of government")
    HEAD_OF_STATE = "head_of_state", _("head of state")
    HOST = "host", _("host")
    INITIATOR = "initiator", _("initiator")
    INTELLIGENCE_OFFICER = "intelligence_officer", _("intelligence officer")
    INTERLOCUTOR = "interlocutor", _("interlocutor")
    INTERPRETER = "interpreter", _("interpreter")
    INTERVENING_STATE = "intervening_state", _("intervening state")
    INVESTIGATOR = "investigator", _("investigating body")
    KILLED_IN_ACTION = "killed_in_action", _("killed in action")
    LEADER = "leader", _("leader")
    MEMBER_OF_DELEGATION = "member_of_delegation", _("member of delegation")
    MESSENGER = "messenger", _("messenger")
    MILITARY_UNIT = "military_unit", _("military unit")
    MINISTER = "minister", _("minister")
    MINISTRY = "ministry", _("ministry")
    NEGOTIATOR = "negotiator", _("negotiator")
    NON_RESIDENT_ENVOY = "non_resident_envoy", _("non-resident envoy")
    OBSERVER = "observer", _("observer")
    OFFICER = "officer", _("officer")
    OPERATOR = "operator", _("operator")
    ORGANISATION = "organisation", _("organisation")
    ORGANISER = "organiser", _("organiser")
    OUSTED_RULER = "ousted_ruler", _("ousted ruler")
    OWNER = "owner", _("owner")
    PARTICIPANT = "participant", _("participant")
    PARTNER = "partner", _("partner")
    PARTY = "party", _("party involved")
    PARTY_LEADER = "party_leader", _("party leader")
    PASSENGER = "passenger", _("passenger")
    PLANNER = "planner", _("planner")
    PLAYER = "player", _("player")
    PRESIDENT = "president", _("president")
    PRODUCER = "producer", _("film producer")
    PROGRAMME = "programme", _("programme")
    PUBLISHER = "publisher", _("publishing body")
    PUPIL = "pupil", _("pupil")
    RATIFIER = "ratifier", _("ratifier")
    RECOGNISING_STATE = "recognising_state", _("recognising state")
    RECRUITER = "recruiter", _("recruiter")
    REPRESENTATIVE = "representative", _("representative")
    REQUESTER = "requester", _("requester")
    SCREENWRITER = "screenwriter", _("screenwriter")
    SECRETARY = "secretary", _("secretary")
    SELLER = "seller", _("seller")
    SENDER = "sender", _("sending side")
    SIGNATORY = "signatory", _("signatory")
    SPEAKER = "speaker", _("speaker")
    SPONSOR = "sponsor", _("sponsor")
    SUBJECT = "subject", _("subject")
    SUCCESSOR = "successor", _("successor state")
    SUPPLIER = "supplier", _("supplier")
    TITLE_HOLDER = "title_holder", _("title holder")
    VENUE = "venue", _("venue")
    VICTIM = "victim", _("victim")
    VISITOR = "visitor", _("visitor")
    VOTER = "voter", _("voter")
    WINNER = "winner", _("winner")


GROUP_OF: dict[Role, RoleGroup] = {
    Role.ACCUSED: RoleGroup.SUBJECT,
    Role.ACCUSER: RoleGroup.SPEAKER,
    Role.ADDRESSEE: RoleGroup.ADDRESSEE,
    Role.ALLIANCE: RoleGroup.PARTY,
    Role.ALLY: RoleGroup.PARTICIPANT,
    Role.AMBASSADOR: RoleGroup.DIPLOMAT,
    Role.ANNOUNCER: RoleGroup.SPEAKER,
    Role.ARMED_FORCE: RoleGroup.FORCE,
    Role.AUTHOR: RoleGroup.AUTHOR,
    Role.BIDDER: RoleGroup.NEGOTIATOR,
    Role.BROADCASTER: RoleGroup.ORGANISER,
    Role.BUYER: RoleGroup.PARTY,
    Role.CANDIDATE: RoleGroup.SUBJECT,
    Role.CARRIER: RoleGroup.PARTICIPANT,
    Role.CHAIR: RoleGroup.ORGANISER,
    Role.CHALLENGER: RoleGroup.CREATOR,
    Role.CHARGE_D_AFFAIRES: RoleGroup.DIPLOMAT,
    Role.COMMANDER: RoleGroup.COMMANDER,
    Role.CONSECRATOR: RoleGroup.ORGANISER,
    Role.CONSUL: RoleGroup.DIPLOMAT,
    Role.CONSULAR_OFFICIAL: RoleGroup.DIPLOMAT,
    Role.CONTRACTOR: RoleGroup.SUPPLIER,
    Role.COSMONAUT: RoleGroup.SUBJECT,
    Role.CREDITOR: RoleGroup.PARTY,
    Role.CRITIC: RoleGroup.SPEAKER,
    Role.DANCER: RoleGroup.CREATOR,
    Role.DEBTOR: RoleGroup.PARTY,
    Role.DECEASED: RoleGroup.SUBJECT,
    Role.DECIDING_BODY: RoleGroup.DECISION_MAKER,
    Role.DECISION_MAKER: RoleGroup.DECISION_MAKER,
    Role.DEFENDANT: RoleGroup.SUBJECT,
    Role.DETAINEE: RoleGroup.SUBJECT,
    Role.DIPLOMAT: RoleGroup.DIPLOMAT,
    Role.DIPLOMATIC_MISSION: RoleGroup.DIPLOMAT,
    Role.DIRECTOR: RoleGroup.CREATOR,
    Role.DISMISSED_OFFICIAL: RoleGroup.SUBJECT,
    Role.EMPLOYER: RoleGroup.OTHER,
    Role.ENVOY: RoleGroup.ENVOY,
    Role.EXPROPRIATOR: RoleGroup.DECISION_MAKER,
    Role.FOUNDER: RoleGroup.ORGANISER,
    Role.FUNCTIONARY: RoleGroup.SUBJECT,
    Role.GOVERNMENT: RoleGroup.DECISION_MAKER,
    Role.HEAD_OF_DELEGATION: RoleGroup.DELEGATE,
    Role.HEAD_OF_GOVERNMENT: RoleGroup.DECISION_MAKER,
    Role.HEAD_OF_STATE: RoleGroup.DECISION_MAKER,
    Role.HOST: RoleGroup.HOST,
    Role.INITIATOR: RoleGroup.ORGANISER,
    Role.INTELLIGENCE_OFFICER: RoleGroup.ENVOY,
    Role.INTERLOCUTOR: RoleGroup.INTERLOCUTOR,
    Role.INTERPRETER: RoleGroup.INTERLOCUTOR,
    Role.INTERVENING_STATE: RoleGroup.DECISION_MAKER,
    Role.INVESTIGATOR: RoleGroup.DECISION_MAKER,
    Role.KILLED_IN_ACTION: RoleGroup.VICTIM,
    Role.LEADER: RoleGroup.COMMANDER,
    Role.MEMBER_OF_DELEGATION: RoleGroup.DELEGATE,
    Role.MESSENGER: RoleGroup.ENVOY,
    Role.MILITARY_UNIT: RoleGroup.FORCE,
    Role.MINISTER: RoleGroup.DECISION_MAKER,
    Role.MINISTRY: RoleGroup.PARTICIPANT,
    Role.NEGOTIATOR: RoleGroup.NEGOTIATOR,
    Role.NON_RESIDENT_ENVOY: RoleGroup.DIPLOMAT,
    Role.OBSERVER: RoleGroup.WITNESS,
    Role.OFFICER: RoleGroup.PARTICIPANT,
    Role.OPERATOR: RoleGroup.PARTICIPANT,
    Role.ORGANISATION: RoleGroup.PARTY,
    Role.ORGANISER: RoleGroup.ORGANISER,
    Role.OUSTED_RULER: RoleGroup.SUBJECT,
    Role.OWNER: RoleGroup.OTHER,
    Role.PARTICIPANT: RoleGroup.PARTICIPANT,
    Role.PARTNER: RoleGroup.PARTY,
    Role.PARTY: RoleGroup.PARTY,
    Role.PARTY_LEADER: RoleGroup.SUBJECT,
    Role.PASSENGER: RoleGroup.PARTICIPANT,
    Role.PLANNER: RoleGroup.ORGANISER,
    Role.PLAYER: RoleGroup.CREATOR,
    Role.PRESIDENT: RoleGroup.DECISION_MAKER,
    Role.PRODUCER: RoleGroup.CREATOR,
    Role.PROGRAMME: RoleGroup.ORGANISER,
    Role.PUBLISHER: RoleGroup.AUTHOR,
    Role.PUPIL: RoleGroup.SUBJECT,
    Role.RATIFIER: RoleGroup.DECISION_MAKER,
    Role.RECOGNISING_STATE: RoleGroup.PARTY,
    Role.RECRUITER: RoleGroup.ORGANISER,
    Role.REPRESENTATIVE: RoleGroup.DELEGATE,
    Role.REQUESTER: RoleGroup.NEGOTIATOR,
    Role.SCREENWRITER: RoleGroup.CREATOR,
    Role.SECRETARY: RoleGroup.DELEGATE,
    Role.SELLER: RoleGroup.SUPPLIER,
    Role.SENDER: RoleGroup.SUPPLIER,
    Role.SIGNATORY: RoleGroup.SIGNATORY,
    Role.SPEAKER: RoleGroup.SPEAKER,
    Role.SPONSOR: RoleGroup.ORGANISER,
    Role.SUBJECT: RoleGroup.SUBJECT,
    Role.SUCCESSOR: RoleGroup.PARTY,
    Role.SUPPLIER: RoleGroup.SUPPLIER,
    Role.TITLE_HOLDER: RoleGroup.CREATOR,
    Role.VENUE: RoleGroup.HOST,
    Role.VICTIM: RoleGroup.VICTIM,
    Role.VISITOR: RoleGroup.VISITOR,
    Role.VOTER: RoleGroup.DECISION_MAKER,
    Role.WINNER: RoleGroup.CREATOR,
}
