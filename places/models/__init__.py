from places.models.place import Place, PlaceName

__all__ = ["Place", "PlaceName"]
