"""How CSL and BibTeX (biblatex) name the same things. Source: the manual of biblatex 3.20, chapter 2."""

from typing import Final

#: For each type of CSL the entry type, and the `entrysubtype` that tells it from others of that type.
ENTRY_TYPES: Final = {
    "article": ("article", "preprint"),
    "article-journal": ("article", ""),
    "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"),
    "book": ("book", ""),
    "broadcast": ("audio", ""),
    "chapter": ("incollection", ""),
    "collection": ("misc", "collection"),
    "dataset": ("dataset", ""),
    "document": ("misc", ""),
    "entry-encyclopedia": ("inreference", ""),
    "graphic": ("image", ""),
    "hearing": ("misc", "hearing"),
    "interview": ("misc", "interview"),
    "legislation": ("legislation", ""),
    "manuscript": ("unpublished", ""),
    "map": ("misc", "map"),
    "motion_picture": ("movie", ""),
    "pamphlet": ("booklet", ""),
    "paper-conference": ("inproceedings", ""),
    "personal_communication": ("letter", ""),
    "post-weblog": ("online", "blog"),
    "report": ("report", ""),
    "review": ("article", "review"),
    "review-book": ("review", ""),
    "software": ("software", ""),
    "speech": ("unpublished", "speech"),
    "thesis": ("thesis", ""),
    "treaty": ("legal", ""),
    "webpage": ("online", ""),
}
CSL_TYPES: Final = {names: csl_type for csl_type, names in ENTRY_TYPES.items()}

#: Entry types that are read but not written unless they were read.
FURTHER_ENTRY_TYPES: Final = {
    "bookinbook": "chapter",
    "collection": "book",
    "conference": "paper-conference",
    "electronic": "webpage",
    "inbook": "chapter",
    "manual": "report",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "mvcollection": "book",
    "patent": "patent",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "techreport": "report",
    "video": "motion_picture",
    "www": "webpage",
}

#: Fields of text that mean the same in every type.
FIELDS: Final = {
    "title": "title",
    "title-short": "shorttitle",
    "original-title": "origtitle",
    "volume": "volume",
    "page": "pages",
    "edition": "edition",
    "version": "version",
    "chapter-number": "chapter",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "collection-title": "series",
    "publisher-place": "location",
    "event-title": "eventtitle",
    "event-place": "venue",
    "genre": "type",
    "abstract": "abstract",
    "annote": "annotation",
    "keyword": "keywords",
    "note": "note",
    "ISBN": "isbn",
    "ISSN": "issn",
    "archive": "library",
}
#: Fields whose value biblatex takes as it stands.
VERBATIM: Final = {"DOI": "doi", "URL": "url"}
NAMES: Final = {"author": "author", "editor": "editor", "translator": "translator"}

#: Names of fields in the older BibTeX.
OLD_NAMES: Final = {
    "address": "location",
    "annote": "annotation",
    "journal": "journaltitle",
    "key": "sortkey",
    "school": "institution",
}

_ARTICLES: Final = {
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "review",
    "review-book",
}
_PARTS: Final = {"chapter", "entry-encyclopedia", "paper-conference"}
_NUMBERED: Final = {
    "report",
    "thesis",
    "legislation",
    "treaty",
    "patent",
    "hearing",
    "document",
    "manuscript",
}
_OF_INSTITUTIONS: Final = {"report", "thesis"}


def fields_of_type(csl_type: str) -> dict[str, str]:
    """The fields of text whose name depends on the type: by their names in CSL."""
    if csl_type in _ARTICLES:
        container, number = "journaltitle", "issue"
    elif csl_type in _PARTS:
        container, number = "booktitle", "collection-number"
    else:
        container = "organization" if csl_type in {"webpage", "post-weblog"} else "maintitle"
        number = "number" if csl_type in _NUMBERED else "collection-number"
    publisher = "institution" if csl_type in _OF_INSTITUTIONS else "publisher"
    return FIELDS | {"container-title": container, number: "number", "publisher": publisher}


#: Languages as babel calls them, which is what `langid` holds.
LANGUAGES: Final = {
    "ar": "arabic",
    "be": "belarusian",
    "bg": "bulgarian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "gl": "galician",
    "he": "hebrew",
    "hr": "croatian",
    "hu": "hungarian",
    "it": "italian",
    "ja": "japanese",
    "la": "latin",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch",
    "nb": "norsk",
    "pl": "polish",
    "pt": "portuguese",
    "pt-BR": "brazilian",
    "en-US": "american",
    "en-GB": "british",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovene",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
    "vi": "vietnamese",
    "zh": "chinese",
}
TAGS: Final = {name: tag for tag, name in LANGUAGES.items()} | {
    "usenglish": "en-US",
    "ukenglish": "en-GB",
    "ngerman": "de",
    "francais": "fr",
    "mexican": "es-MX",
}
