from readers.models.class_set import ClassSet, ClassSetEvent
from readers.models.correction import Correction, CorrectionStatus, Subject

__all__ = ["ClassSet", "ClassSetEvent", "Correction", "CorrectionStatus", "Subject"]
