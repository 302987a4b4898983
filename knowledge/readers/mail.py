"""Letters (.eml): the documents attached, then the words of the letter itself."""

from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.fold import nfc
from knowledge.readers import text
from knowledge.readers.archive import MOST_FILES, read_inside
from knowledge.readers.gathered import Gathered
from knowledge.readers.html import content_of
from knowledge.readers.layout import lay_out

_FAULTS = (ValueError, LookupError, TypeError, AttributeError, KeyError, IndexError, errors.MessageError)


def read(name: str, data: bytes) -> Source:
    """Attachments that are no documents are left out and said. Raises BadInput where there is nothing to read."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        assert isinstance(message, EmailMessage)
        whole = _whole(name, message)
    except (*_FAULTS, RecursionError) as error:  # the library falls over some heads that nobody meant to write
        raise BadInput(texts.broken(name)) from error
    if not whole.blocks:
        raise BadInput(whole.refused[0] if whole.refused else texts.empty(name))
    return whole.source()


def _whole(name: str, message: EmailMessage) -> Gathered:
    whole = Gathered(name)
    for count, part in enumerate(_attached(message), 1):
        file = nfc(part.get_filename() or "") or "tep"
        if count > MOST_FILES:
            raise BadInput(texts.too_many_inside(name, MOST_FILES))
        try:
            whole.add(read_inside(file, _bytes(part)), file)
        except BadInput as bad:
            whole.refuse(bad)
    if body := _body(message):
        whole.add(_words(name, body))
    return whole


def _body(message: EmailMessage) -> EmailMessage | None:
    """The words of the letter, else of the one that it hands on."""
    body = message.get_body(preferencelist=("html", "plain"))
    if isinstance(body, EmailMessage):
        return body
    inside = (one for one in message.walk() if isinstance(one, EmailMessage) and not one.get_filename())
    return next((one for one in inside if one.get_content_type() in ("text/html", "text/plain")), None)


def _attached(message: EmailMessage) -> list[EmailMessage]:
    """Pictures that belong to the letter's looks are none."""
    if not message.is_multipart():
        return []
    found = [one for one in message.walk() if isinstance(one, EmailMessage) and not one.is_multipart()]
    return [
        one
        for one in found
        if one.get_filename() and not (one.get("Content-ID") and one.get_content_maintype() == "image")
    ]


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _words(name: str, body: EmailMessage) -> Source:
    decoded, notes = text.decode(name, _in_utf8(body)) if _bytes(body).strip() else ("", ())
    if body.get_content_type() == "text/html":
        return Source(name, lay_out(content_of(name, decoded)), notes)
    return Source(name, text.read_lines(decoded), notes)


def _in_utf8(body: EmailMessage) -> bytes:
    """The words in the encoding that the letter names, if it names one that fits."""
    data = _bytes(body)
    try:
        return data.decode(body.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeError):
        return data
