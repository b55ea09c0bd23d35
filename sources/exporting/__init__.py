"""Bibliographic files: each function takes items of CSL and gives the pieces of a file as they come."""

from sources.exporting.bibtex import bibtex
from sources.exporting.csl_json import csl_json
from sources.exporting.ris import ris

__all__ = ["bibtex", "csl_json", "ris"]
