"""IRIs minted from ids, and ids read back from IRIs.

What stands for something in the world sits right below the base (`…/id/tsmc`); what a build makes has a folder of its
own (`…/id/claim/9c1f…`), so the two never meet.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from ontology.errors import InvalidData
from ontology.namespaces import CK_BASE, CR_BASE

_UNRESERVED = frozenset("-._~")
_PLAIN = re.compile(r"[A-Za-z0-9\-._~]+")
# RFC 3987 allows no variation selectors of the 14th plane in an IRI.
_LAST_ALLOWED = "\U000dffff"


def entity_iri(key: str) -> str:
    """The IRI of an entity.

    key: str, its slug; characters that an IRI cannot hold are percent-encoded. Raises `InvalidData` for an empty id.

    >>> entity_iri("hua-hong")
    'https://w3id.org/chipgraph/id/hua-hong'
    """
    return _mint("", key)


def claim_iri(key: str) -> str:
    """The IRI of a claim.

    key: str, the claim's hash.

    >>> claim_iri("9c1f")
    'https://w3id.org/chipgraph/id/claim/9c1f'
    """
    return _mint("claim/", key)


def observation_iri(key: str) -> str:
    """The IRI of an observation.

    key: str, the observation's hash.

    >>> observation_iri("77aa")
    'https://w3id.org/chipgraph/id/obs/77aa'
    """
    return _mint("obs/", key)


def evidence_iri(document: str, start: int, end: int) -> str:
    """The IRI of a passage.

    document: str, id of the document; start, end: int, the passage's offsets in it.

    >>> evidence_iri("5d3e", 10, 42)
    'https://w3id.org/chipgraph/id/ev/5d3e-10-42'
    """
    return _mint("ev/", f"{document}-{start}-{end}")


def document_iri(key: str) -> str:
    """The IRI of a document, which is also the name of the graph that holds what it says.

    key: str, the hash of its text.

    >>> document_iri("5d3e")
    'https://w3id.org/chipgraph/id/doc/5d3e'
    """
    return _mint("doc/", key)


def run_iri(key: str) -> str:
    """The IRI of a run of the extractor.

    key: str, what tells this run from others, such as the software version.

    >>> run_iri("chipgraph-0.1.0")
    'https://w3id.org/chipgraph/id/run/chipgraph-0.1.0'
    """
    return _mint("run/", key)


def local_name(iri: str) -> str:
    """The id or term inside an IRI, the way back from the functions above.

    iri: str. Returns what follows the kind's folder in our own IRIs, and what follows the last `#` or `/` in others.

    >>> local_name("https://w3id.org/chipgraph/id/claim/9c1f"), local_name("http://qudt.org/vocab/unit/PERCENT")
    ('9c1f', 'PERCENT')
    """
    if iri.startswith(CK_BASE):
        return iri.removeprefix(CK_BASE)
    tail = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return unquote(tail, errors="surrogatepass") if iri.startswith(CR_BASE) else tail


def slug(name: str) -> str:
    """The id that a name gives.

    name: str, in any script. Returns it compatibility-normalised and case-folded, letters and digits kept, a hyphen for
    anything else; nothing is transliterated. Slugging twice changes nothing. Empty where no letter or digit was given.

    >>> slug("Hua Hong Semiconductor"), slug("Société Générale (S.A.)"), slug("华虹半导体")
    ('hua-hong-semiconductor', 'société-générale-s-a', '华虹半导体')
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(c if _is_word(c) else " " for c in folded)
    return "-".join(kept.split())


def _mint(folder: str, key: str) -> str:
    if not key:
        raise InvalidData("An IRI cannot be made from an empty id: give the entity or claim an id.")
    if _PLAIN.fullmatch(key):  # nearly all, and a build makes many
        return CR_BASE + folder + key
    return CR_BASE + folder + "".join(c if _may_stand(c) else _percent(c) for c in key)


def _is_word(c: str) -> bool:
    """True for letters, digits and the marks that stand on letters in many scripts."""
    return unicodedata.category(c)[0] in "LNM"


def _may_stand(c: str) -> bool:
    if c.isascii():
        return c.isalnum() or c in _UNRESERVED
    return _is_word(c) and c <= _LAST_ALLOWED


def _percent(c: str) -> str:
    return "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogatepass"))
