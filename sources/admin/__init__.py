"""The admin of sources, and the inlines by which other records cite and show."""

from sources.admin.citation import CitationInline
from sources.admin.image import ImageInline
from sources.admin.source import SourceAdmin

__all__ = ["CitationInline", "ImageInline", "SourceAdmin"]
