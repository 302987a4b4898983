"""Events as Zalo delivers them to an Official Account, kept as files with names removed."""

from pathlib import Path

DELIVERIES = Path(__file__).parents[1] / "deliveries" / "zalo_oa"
HOA = "2468458835291970000"
GROUP = "4a9b0011223344556677"


def payload(name: str) -> bytes:
    """The raw event in `tests/deliveries/zalo_oa/<name>.json`."""
    return (DELIVERIES / f"{name}.json").read_bytes()
