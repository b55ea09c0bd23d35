from sources.models.citation import Citation
from sources.models.image import Image
from sources.models.narrative_citation import NarrativeCitation
from sources.models.source import AccessPoint, Source

__all__ = ["AccessPoint", "Citation", "Image", "NarrativeCitation", "Source"]
