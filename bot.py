"""Starts the program; all else is in the package `bot`."""

import sys

from bot.app import main

if __name__ == "__main__":
    sys.exit(main())
