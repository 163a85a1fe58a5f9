"""The namespaces that Chipgraph writes, each closed: a misspelt term is an error where it is written.

>>> CK.partnersWith
'https://w3id.org/chipgraph/ontology#partnersWith'
>>> CK.partnersWiht
Traceback (most recent call last):
AttributeError: The namespace ck has no term 'partnersWiht'; did you mean 'partnersWith'?
"""

from __future__ import annotations

import difflib
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from ontology import _turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

CK_BASE = "https://w3id.org/chipgraph/ontology#"
CR_BASE = "https://w3id.org/chipgraph/id/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "ck": CK_BASE,
        "cr": CR_BASE,
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qb": "http://purl.org/linked-data/cube#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "unit": "http://qudt.org/vocab/unit/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)


class Namespace:
    """A closed set of terms below one base IRI; reading an attribute gives the term's IRI.

    prefix: str, a key of `PREFIXES`; terms: function that lists the local names, called at the first use.

    >>> Namespace("rdfs", lambda: ["label"]).label
    'http://www.w3.org/2000/01/rdf-schema#label'
    """

    def __init__(self, prefix: str, terms: Callable[[], Iterable[str]]) -> None:
        self._prefix = prefix
        self._base = PREFIXES[prefix]
        self._list = terms

    @cached_property
    def _terms(self) -> Mapping[str, str]:
        return {term: self._base + term for term in sorted(self._list())}

    def __getattr__(self, term: str) -> str:
        # Python's own look-ups (copy, pickle, inspect) must not open the file.
        if not term.startswith("__") and term in self._terms:
            return self._terms[term]
        near = [] if term.startswith("__") else difflib.get_close_matches(term, self._terms, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise AttributeError(f"The namespace {self._prefix} has no term {term!r}{hint}")

    def __getitem__(self, term: str) -> str:
        """The IRI of a term that is only known when the program runs; raises `AttributeError` like the attribute."""
        return self.__getattr__(term)

    def __contains__(self, term: object) -> bool:
        return term in self._terms

    def __dir__(self) -> list[str]:
        return list(self._terms)


def _ck_terms() -> Iterable[str]:
    return (iri.removeprefix(CK_BASE) for iri in _turtle.resources(_turtle.CHIP) if iri.startswith(CK_BASE))


def _named(prefix: str, terms: str) -> Namespace:
    return Namespace(prefix, terms.split)


CK = Namespace("ck", _ck_terms)
OA = _named(
    "oa",
    "SpecificResource TextPositionSelector TextQuoteSelector end exact hasSelector hasSource prefix start suffix",
)
ORG = _named("org", "Organization OrganizationalUnit subOrganizationOf unitOf")
OWL = _named("owl", "Class Ontology SymmetricProperty imports sameAs versionInfo")
PROV = _named(
    "prov",
    "Activity Agent Entity SoftwareAgent alternateOf endedAtTime generatedAtTime hadPrimarySource startedAtTime used "
    "wasAssociatedWith wasAttributedTo wasDerivedFrom wasGeneratedBy",
)
QB = _named("qb", "DataSet Observation dataSet")
RDF = _named("rdf", "Property Statement first langString nil object predicate reifies rest subject type")
RDFS = _named("rdfs", "Class comment label range seeAlso subClassOf subPropertyOf domain")
SCHEMA = _named(
    "schema",
    "author dateModified datePublished domainIncludes headline inLanguage mentions name publisher rangeIncludes "
    "softwareVersion text url",
)
SH = _named("sh", "NodeShape ValidationResult conforms focusNode resultMessage resultPath result value")
SKOS = _named(
    "skos",
    "Concept ConceptScheme altLabel broader closeMatch definition exactMatch hasTopConcept hiddenLabel inScheme "
    "narrower notation prefLabel related topConceptOf",
)
XSD = _named("xsd", "anyURI boolean date dateTime decimal double gYear gYearMonth integer nonNegativeInteger string")
