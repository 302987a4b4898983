"""Updates as Telegram delivers them, kept as files with names removed."""

from pathlib import Path

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "telegram"
SECRET = "mot-bi-mat"  # of the webhook


def payload(name: str) -> bytes:
    """The raw update in `tests/deliveries/telegram/<name>.json`."""
    return (DELIVERIES / f"{name}.json").read_bytes()
