"""The eight districts (stadsdelen) of The Hague, and where a school's district comes from."""

DISTRICTS = (
    "Centrum",
    "Escamp",
    "Haagse Hout",
    "Laak",
    "Leidschenveen-Ypenburg",
    "Loosduinen",
    "Scheveningen",
    "Segbroek",
)
CONFIRMED = "confirmed by the school"
CONFIDENCES = ("high", "medium", "low")


def from_memory(confidence: str) -> str:
    """Return, for one of `CONFIDENCES`, the provenance of a district that nobody at the school has confirmed yet."""
    return f"assigned by postcode from memory, confidence {confidence}; to be confirmed"
