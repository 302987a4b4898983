"""Runs the benchmarks named, or all but those that take many minutes."""

import sys

from benchmarks import answers, board, chaos, delivery, layouts, readers, scans, start_up, ticks, uploads, webhook

ALL = {
    "answers": answers.run,
    "board": board.run,
    "chaos": chaos.run,
    "delivery": delivery.run,
    "layouts": layouts.run,
    "readers": readers.run,
    "scans": scans.run,
    "start-up": start_up.run,
    "ticks": ticks.run,
    "uploads": uploads.run,
    "webhook": webhook.run,
}
LONG = ("chaos", "scans")


def main() -> int:
    """0, or 2 for a name that is not known."""
    names = sys.argv[1:] or [name for name in ALL if name not in LONG]
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names:
        print(f"== {name}")
        ALL[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
