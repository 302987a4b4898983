"""Every error code of an Official Account and of template messages: what it means and what we do. One table."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core.errors import Act, FetchFailed, SendFailed
from core.texts import oa_errors as texts

MINUTE = timedelta(minutes=1)
LATER = timedelta(hours=1)


class Do(StrEnum):
    """What follows from a refusal."""

    NEXT_MINUTE = "next minute"
    LATER = "later"  # quota or night: every hour, as long as the outbox is patient
    AGAIN = "again"  # at once, one time
    RENEW = "renew"  # a new access token, then once more
    UPLOAD = "upload"  # the file again, then once more
    OTHER_CHANNEL = "other channel"
    GONE = "gone"
    OPERATOR = "operator"
    GIVE_UP = "give up"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What we do, and the sentence that the operator reads."""

    do: Do
    text: str


_RENEW = Meaning(Do.RENEW, texts.TOKEN)
_UNKNOWN = Meaning(Do.GIVE_UP, texts.UNKNOWN)

MEANINGS = {
    -32: Meaning(Do.NEXT_MINUTE, texts.TOO_FAST),
    429: Meaning(Do.NEXT_MINUTE, texts.TOO_FAST),
    -100: Meaning(Do.UPLOAD, texts.ATTACHMENT_OLD),
    -155: Meaning(Do.UPLOAD, texts.ATTACHMENT_OLD),
    -200: Meaning(Do.AGAIN, texts.FAILED),
    -201: Meaning(Do.GIVE_UP, texts.BAD_PARAMETER),
    -204: Meaning(Do.OPERATOR, texts.OA_OFF),
    -205: Meaning(Do.OPERATOR, texts.OA_OFF),
    -209: Meaning(Do.OPERATOR, texts.APP_OFF),
    -210: Meaning(Do.GIVE_UP, texts.TOO_LARGE),
    -211: Meaning(Do.LATER, texts.QUOTA_USED),
    -212: Meaning(Do.OPERATOR, texts.API_NOT_REGISTERED),
    -213: Meaning(Do.OTHER_CHANNEL, texts.NO_RELATION),
    -214: Meaning(Do.LATER, texts.ARTICLE),
    -216: _RENEW,
    -217: Meaning(Do.GONE, texts.BLOCKED),
    -218: Meaning(Do.LATER, texts.QUOTA_USED),
    -219: Meaning(Do.OPERATOR, texts.APP_OFF),
    -220: _RENEW,
    -221: Meaning(Do.OPERATOR, texts.NOT_VERIFIED),
    -223: Meaning(Do.OPERATOR, texts.NOT_AUTHORISED),
    -224: Meaning(Do.OPERATOR, texts.PLAN_TOO_LOW),
    -227: Meaning(Do.OTHER_CHANNEL, texts.IDLE),
    -230: Meaning(Do.OTHER_CHANNEL, texts.WINDOW_CLOSED),
    -232: Meaning(Do.OTHER_CHANNEL, texts.WINDOW_CLOSED),
    -233: Meaning(Do.GIVE_UP, texts.NOT_FOR_THIS_OA),
    -234: Meaning(Do.LATER, texts.NIGHT),
    -235: Meaning(Do.GIVE_UP, texts.NOT_FOR_THIS_OA),
    -237: Meaning(Do.OPERATOR, texts.GROUP_OFF),
    -238: Meaning(Do.OPERATOR, texts.ASSET),
    -240: Meaning(Do.GIVE_UP, texts.OLD_API),
    -241: Meaning(Do.OPERATOR, texts.ASSET),
    -242: Meaning(Do.OPERATOR, texts.PROOF),
    -244: Meaning(Do.GONE, texts.TYPE_REFUSED),
    -248: Meaning(Do.GIVE_UP, texts.CONTENT),
    -249: Meaning(Do.GIVE_UP, texts.TEMPLATE),
    -305: Meaning(Do.OTHER_CHANNEL, texts.WINDOW_OLD),
    -311: Meaning(Do.OTHER_CHANNEL, texts.WINDOW_OLD),
    -320: Meaning(Do.OPERATOR, texts.NO_CLOUD_ACCOUNT),
    -321: Meaning(Do.OPERATOR, texts.NO_MONEY),
    -401: _RENEW,
    -403: Meaning(Do.GONE, texts.NOT_IN_GROUP),
    216: _RENEW,
    401: _RENEW,
    # template messages by phone
    -108: Meaning(Do.GIVE_UP, texts.PHONE),
    -109: Meaning(Do.OPERATOR, texts.TEMPLATE),
    -114: Meaning(Do.OTHER_CHANNEL, texts.NO_ZALO),
    -115: Meaning(Do.OPERATOR, texts.NO_MONEY),
    -118: Meaning(Do.OTHER_CHANNEL, texts.NO_ZALO),
    -119: Meaning(Do.OTHER_CHANNEL, texts.NO_ZALO),
    -124: _RENEW,
    -131: Meaning(Do.OPERATOR, texts.TEMPLATE),
    -133: Meaning(Do.LATER, texts.NIGHT),
    -135: Meaning(Do.OPERATOR, texts.TEMPLATES_NOT_ALLOWED),
    -137: Meaning(Do.OPERATOR, texts.NO_MONEY),
    -144: Meaning(Do.LATER, texts.DAILY_CAP),
    -147: Meaning(Do.LATER, texts.DAILY_CAP),
    -1121: Meaning(Do.GIVE_UP, texts.TEMPLATE_DATA),
    -1122: Meaning(Do.GIVE_UP, texts.TEMPLATE_DATA),
}

_ACTS = {
    Do.OTHER_CHANNEL: Act.OTHER_CHANNEL,
    Do.GONE: Act.GONE,
    Do.OPERATOR: Act.OPERATOR,
    Do.RENEW: Act.OPERATOR,  # the new token was refused too
}
_WAITS = {Do.NEXT_MINUTE: MINUTE, Do.LATER: LATER, Do.OPERATOR: LATER, Do.RENEW: LATER}


def meaning(code: int) -> Meaning:
    """What this code asks for; of a code nobody has told us about, that it is given up."""
    return MEANINGS.get(code, _UNKNOWN)


def not_sent(code: int, message: str) -> SendFailed:
    """The refusal, after whatever could be done at once has been done."""
    found = meaning(code)
    reason = texts.reason(found.text, code, message)
    fast = found.do is Do.NEXT_MINUTE
    return SendFailed(reason, _WAITS.get(found.do), act=_ACTS.get(found.do, Act.NOBODY), too_fast=fast, everywhere=fast)


def not_had(code: int, message: str) -> FetchFailed:
    """The same of something asked for."""
    found = meaning(code)
    return FetchFailed(texts.reason(found.text, code, message), act=_ACTS.get(found.do, Act.NOBODY))
