"""Chinese official documents (公文) to typed dictionaries: who answers for what by when.

    >>> import gongwen
    >>> text = "关于春耕的通知\n一、抓好种子供应。（牵头单位：省农业农村厅；责任单位：省供销社）"
    >>> [(task["lead"], task["responsible"]) for task in gongwen.tasks(text)]
    [(['省农业农村厅'], ['省供销社'])]
    >>> start, end = gongwen.parse(text)["parts"][0]["items"][0]["marker"]["span"]
    >>> text[start:end]
    '一、'

The dictionaries are the JSON of the command line; :func:`schema` describes them. Spans count
characters of the text (of HTML and DOCX: of the extracted text). The types below exist for type
checkers only; values of fields that name a kind may grow.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal, Optional, TypedDict, Union, overload

from typing_extensions import Buffer, NotRequired

__version__: str

Document = Union[str, Buffer]
"""Text, or the bytes of a text in any encoding, of an HTML page, or of a DOCX file."""

Offsets = Literal["chars", "bytes", "utf16"]
"""What spans count. ``chars`` is right for ``str``."""

class Error(ValueError):
    """A document that holds no text; the message names the next step."""

def parse(
    document: Document, *, encoding: Optional[str] = None, region: Optional[str] = None, offsets: Offsets = "chars"
) -> Notice:
    """Reads a document.

    ``encoding`` is a WHATWG label such as ``"gbk"``, detected by default and for bytes only; ``region`` says whose
    organs 省科技厅 or 市政府 mean, such as ``"江西省"``, where the document does not.

    Text never fails. Bytes raise :class:`Error` where they hold none, and for an unknown ``encoding``.
    """

def to_json(
    document: Document, *, encoding: Optional[str] = None, region: Optional[str] = None, offsets: Offsets = "chars"
) -> str:
    """Reads a document and writes its notice as one line of JSON, in three fifths of the time of :func:`parse`.

    For what is stored or sent on rather than looked into. See :func:`parse`.
    """

def tasks(
    document: Document,
    *,
    encoding: Optional[str] = None,
    region: Optional[str] = None,
    offsets: Offsets = "chars",
    all: bool = False,
) -> list[Task]:
    """Reads a document and lists its tasks, one for each item and assignment, in document order.

    ``all`` adds the items to which nobody is assigned. For the rest see :func:`parse`.
    """

@overload
def parse_many(
    documents: Iterable[Document],
    *,
    threads: Optional[int] = None,
    encoding: Optional[str] = None,
    region: Optional[str] = None,
    offsets: Offsets = "chars",
    errors: Literal["raise"] = "raise",
) -> Iterator[Notice]: ...
@overload
def parse_many(
    documents: Iterable[Document],
    *,
    threads: Optional[int] = None,
    encoding: Optional[str] = None,
    region: Optional[str] = None,
    offsets: Offsets = "chars",
    errors: Literal["return"],
) -> Iterator[Union[Notice, Error]]:
    """Reads documents on several threads, by default one for each processor, and gives their notices in order.

    Documents are taken from the iterable as they are needed, two batches ahead at most, so that it may be endless.
    With ``errors="return"`` a document that holds no text gives its :class:`Error` instead of raising it. Where
    ``next`` raises one, the next call goes on with the document after it.
    """

def text(document: Document, *, encoding: Optional[str] = None) -> str:
    """The text that spans count in: what is decoded from bytes, or extracted from HTML and DOCX."""

def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every notice fits."""

Span = list[int]
"""Start and end: ``text[start:end]``."""

class Task(TypedDict):
    """A row of the ledger (台账): names of units in full, with what the item inherits."""

    source: Optional[str]
    id: str
    number: Optional[str]
    path: str
    text: str
    lead: list[str]
    responsible: list[str]
    cooperating: list[str]
    supervising: list[str]
    other: NotRequired[list[str]]
    deadline: Optional[str]
    date: Optional[str]
    clause: Optional[str]
    inherited_from: Optional[str]
    inferred: list[Inferred]
    findings: list[str]
    line: int
    span: Span

class Inferred(TypedDict):
    field: str
    rule: str
    values: list[str]

class Notice(TypedDict):
    schema: str
    source: Source
    metadata: Metadata
    parts: list[Part]
    rules: list[Rule]
    diagnostics: list[Diagnostic]

class Source(TypedDict):
    name: Optional[str]
    encoding: str
    encoding_from: str
    bytes: int
    sha256: Optional[str]
    replaced: int
    offsets: str
    extracted_from: NotRequired[Optional[str]]

class Metadata(TypedDict):
    title: Optional[Title]
    document_type: Optional[Text]
    document_number: Optional[DocumentNumber]
    issuers: list[Unit]
    signer: Optional[Text]
    secrecy: Optional[Text]
    urgency: Optional[Text]
    issued_on: Optional[Dated]
    published_on: Optional[Dated]
    addressees: list[Unit]
    copied_to: list[Unit]
    printed_by: Optional[Text]
    printed_on: Optional[Dated]
    disclosure: Optional[Disclosure]
    attachments: list[Text]
    references: list[Reference]

class Text(TypedDict):
    text: str
    span: Span

class Title(TypedDict):
    text: str
    value: str
    span: Span

class DocumentNumber(TypedDict):
    text: str
    value: str
    agency: str
    year: Optional[int]
    serial: Optional[int]
    span: Span

class Dated(TypedDict):
    text: str
    date: Optional[str]
    span: Span

class Disclosure(TypedDict):
    text: str
    kind: str
    span: Span

class Reference(TypedDict):
    text: str
    title: Optional[str]
    document_number: Optional[str]
    relation: str
    span: Span

class Part(TypedDict):
    kind: str
    title: Optional[str]
    span: Span
    blocks: list[Block]
    items: list[Item]
    assignments: list[Assignment]

class Block(TypedDict):
    kind: str
    text: str
    span: Span

class Item(TypedDict):
    kind: str
    id: str
    marker: Optional[Marker]
    heading: Optional[str]
    text: str
    span: Span
    assignments: list[Assignment]
    inherits: Optional[str]
    items: list[Item]

class Marker(TypedDict):
    text: str
    style: str
    ordinal: Optional[int]
    span: Span

class Assignment(TypedDict):
    text: str
    span: Span
    scope: Span
    form: str
    duties: list[Duty]
    deadline: Optional[Deadline]

class Duty(TypedDict):
    role: str
    label: Optional[str]
    units: list[Unit]
    open_ended: bool
    inferred_by: Optional[str]

Deadline = TypedDict(
    "Deadline",
    {
        "text": str,
        "date": Optional[str],
        "from": Optional[str],
        "kind": str,
        "inferred": Optional[str],
        "span": Span,
    },
)

class Unit(TypedDict):
    text: str
    span: Span
    name: str
    aliases: list[str]
    kind: str
    canonical: Optional[Canonical]
    members: Optional[Members]

class Canonical(TypedDict):
    id: str
    name: str
    level: str
    region: Optional[str]
    valid: list[Optional[str]]
    successor: Optional[str]

class Members(TypedDict):
    of: str
    levels: list[str]
    region: Optional[str]
    body: Optional[str]
    filter: Optional[str]

Rule = TypedDict(
    "Rule",
    {
        "kind": str,
        "text": str,
        "span": Span,
        "role": Optional[str],
        "units": list[Unit],
        "from": Optional[str],
    },
)

class Diagnostic(TypedDict):
    code: str
    severity: str
    message: str
    span: Span
    line: int
    column: int
    item: Optional[str]
