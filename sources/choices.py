"""The fixed words of sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    PRIMARY = "primary", _("primary source")
    SECONDARY = "secondary", _("secondary source")
    REFERENCE = "reference", _("reference work")


class SourceType(models.TextChoices):
    """Types of CSL 1.0.2, as far as the chronicle's kinds of source need them."""

    ARTICLE = "article", _("article")
    ARTICLE_JOURNAL = "article-journal", _("journal article")
    ARTICLE_MAGAZINE = "article-magazine", _("magazine article")
    ARTICLE_NEWSPAPER = "article-newspaper", _("newspaper article")
    BOOK = "book", _("book")
    BROADCAST = "broadcast", _("broadcast")
    CHAPTER = "chapter", _("chapter")
    COLLECTION = "collection", _("archival collection")
    DATASET = "dataset", _("data set")
    DOCUMENT = "document", _("document")
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia", _("encyclopaedia entry")
    GRAPHIC = "graphic", _("picture")
    HEARING = "hearing", _("hearing")
    INTERVIEW = "interview", _("interview")
    LEGISLATION = "legislation", _("legislation")
    MANUSCRIPT = "manuscript", _("manuscript")
    MAP = "map", _("map")
    MOTION_PICTURE = "motion_picture", _("film")
    PAMPHLET = "pamphlet", _("pamphlet")
    PAPER_CONFERENCE = "paper-conference", _("conference paper")
    PERSONAL_COMMUNICATION = "personal_communication", _("letter")
    POST_WEBLOG = "post-weblog", _("blog post")
    REPORT = "report", _("report")
    REVIEW = "review", _("review")
    REVIEW_BOOK = "review-book", _("book review")
    SPEECH = "speech", _("speech")
    THESIS = "thesis", _("thesis")
    TREATY = "treaty", _("treaty")
    WEBPAGE = "webpage", _("web page")


class Basis(models.TextChoices):
    """How much of the source was read by whoever cites it here."""

    EXCERPT = "excerpt", _("an excerpt")
    DOCUMENTS = "documents", _("the documents cited, in full")
    DATASET = "dataset", _("a data set")
    WHOLE = "whole", _("the whole")


class Stance(models.TextChoices):
    """What a source does to the statement that cites it."""

    ASSERTS = "asserts", _("asserts")
    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")


class CreatorRole(models.TextChoices):
    AUTHOR = "author", _("author")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
