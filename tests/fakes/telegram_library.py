"""python-telegram-bot as it comes, with its own transport: a client that is not ours."""

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from tests.fakes.telegram_server import TelegramServer


def client(server: TelegramServer, token: str = "") -> "ExtBot[None]":
    """A bot of the library that talks to the local server, whatever proxies the machine has."""
    bots, files = f"{server.url}/bot", f"{server.url}/file/bot"
    return ExtBot(token or server.token, bots, files, request=_direct(), get_updates_request=_direct())


def _direct() -> HTTPXRequest:
    return HTTPXRequest(httpx_kwargs={"trust_env": False})
