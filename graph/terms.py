"""The terms that the graph is written with, as pyoxigraph nodes, and the names of the graphs that no document owns."""

from __future__ import annotations

from functools import cache

from pyoxigraph import DefaultGraph, NamedNode

from ontology.namespaces import CK, CK_BASE, CR_BASE, OA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

# The projection: one plain triple for what is affirmed, asserted and confident enough.
FACTS = DefaultGraph()
# Names, types and registry facts of entities, and the runs of the extractor: what documents share.
SHARED = NamedNode(CR_BASE + "graph/shared")
# The vocabulary, so that `rdfs:subClassOf*` and labels of relations work in queries.
VOCABULARY = NamedNode(CK_BASE.removesuffix("#"))
# What the index remembers of the files it was made from; written to no export.
INDEX = NamedNode(CR_BASE + "graph/index")

TYPE = NamedNode(RDF.type)
SUBJECT = NamedNode(RDF.subject)
PREDICATE = NamedNode(RDF.predicate)
OBJECT = NamedNode(RDF.object)
LABEL = NamedNode(RDFS.label)
ALT_LABEL = NamedNode(SKOS.altLabel)
BROADER = NamedNode(SKOS.broader)
EXACT_MATCH = NamedNode(SKOS.exactMatch)

CLAIM = NamedNode(CK.Claim)
OBSERVATION = NamedNode(CK.Observation)
EVIDENCE = NamedNode(CK.Evidence)
DOCUMENT = NamedNode(CK.Document)
RUN = NamedNode(CK.Run)
POLARITY = NamedNode(CK.polarity)
MODALITY = NamedNode(CK.modality)
CONFIDENCE = NamedNode(CK.confidence)
STATUS = NamedNode(CK.status)
# What is over is no fact of today.
OVER = (NamedNode(CK.ended), NamedNode(CK.cancelled))
ATTRIBUTED_TO = NamedNode(CK.attributedTo)
TIME = NamedNode(CK.time)
RULE = NamedNode(CK.rule)
EXPLANATION = NamedNode(CK.explanation)
ABOUT = NamedNode(CK.about)
METRIC = NamedNode(CK.metric)
VALUE = NamedNode(CK.value)
PRINTED = NamedNode(CK.printed)
UNIT = NamedNode(CK.unit)
PERIOD = NamedNode(CK.period)
BASE_PERIOD = NamedNode(CK.basePeriod)
PRODUCT = NamedNode(CK.product)
FORECAST = NamedNode(CK.forecast)
APPROX = NamedNode(CK.approx)
DIRECTION = NamedNode(CK.direction)
AFFIRMED = NamedNode(CK.affirmed)
ASSERTED = NamedNode(CK.asserted)
BUSINESS_MODEL = NamedNode(CK.hasBusinessModel)
SOURCE_PATH = NamedNode(CK.source)

# That a node goes by this id now: from the id that stands to the one that was merged into it.
REPLACES = NamedNode("http://purl.org/dc/terms/replaces")

# That a document is a copy of a text that another one stands for: with another headline, a cut end, a corrected word.
ALTERNATE = NamedNode(PROV.alternateOf)

# The digest of a document's files, in the index only.
DIGEST = NamedNode(SKOS.notation)
# A statement as claims.jsonl has it, in the index only: read back thirty times faster than from its triples.
RECORD = NamedNode(SCHEMA.text)
# What a document's statements say of entities, in the index only: the shared graph is made of it without reading them.
ENTITIES = NamedNode(SCHEMA.mentions)
# What tells copies of a text from reports of their own, in the index only.
SKETCH = NamedNode("https://schema.org/identifier")
# The digest of graph.trig as it was written with a snapshot, in the index only.
WRITTEN = NamedNode("https://schema.org/sha256")
DERIVED_FROM = NamedNode(PROV.wasDerivedFrom)
GENERATED_BY = NamedNode(PROV.wasGeneratedBy)
SOFTWARE_VERSION = NamedNode(SCHEMA.softwareVersion)
HAS_SOURCE = NamedNode(OA.hasSource)
HAS_SELECTOR = NamedNode(OA.hasSelector)
POSITION_SELECTOR = NamedNode(OA.TextPositionSelector)
QUOTE_SELECTOR = NamedNode(OA.TextQuoteSelector)
START = NamedNode(OA.start)
END = NamedNode(OA.end)
EXACT = NamedNode(OA.exact)
PREFIX = NamedNode(OA.prefix)
SUFFIX = NamedNode(OA.suffix)

HEADLINE = NamedNode(SCHEMA.headline)
PUBLISHER = NamedNode(SCHEMA.publisher)
AUTHOR = NamedNode(SCHEMA.author)
PUBLISHED = NamedNode(SCHEMA.datePublished)
URL = NamedNode(SCHEMA.url)
LANGUAGE = NamedNode(SCHEMA.inLanguage)

INTEGER = NamedNode(XSD.integer)
DECIMAL = NamedNode(XSD.decimal)
BOOLEAN = NamedNode(XSD.boolean)
DATE = NamedNode(XSD.date)
YEAR_MONTH = NamedNode(XSD.gYearMonth)
YEAR = NamedNode(XSD.gYear)

# Qualifiers whose value can be an entity; the others are words, numbers or times.
ENTITY_QUALIFIERS = frozenset(
    (
        *("product", "node", "technology", "application", "scope", "geo", "place", "via", "by", "with"),
        *("targetActor", "fromActor", "policy"),
    )
)


@cache
def ck(name: str) -> NamedNode:
    """The term of the vocabulary with a local name that is known only when the program runs.

    >>> ck("partnersWith").value
    'https://w3id.org/chipgraph/ontology#partnersWith'
    """
    return NamedNode(CK_BASE + name)
