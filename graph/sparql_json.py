"""Terms in the SPARQL 1.1 Query Results JSON Format (W3C, 2013)."""

from __future__ import annotations

import pyoxigraph as ox

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def binding(term: object) -> dict[str, str]:
    """A term as the JSON format writes it.

    term: NamedNode, BlankNode or Literal; a triple term of RDF 1.2, which these results cannot hold, raises TypeError.

    >>> binding(ox.Literal("hé", language="fr"))
    {'type': 'literal', 'value': 'hé', 'xml:lang': 'fr'}
    """
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        raise TypeError(f"{term} is no term of RDF 1.1.")
    literal = {"type": "literal", "value": term.value}
    if term.language:
        return literal | {"xml:lang": term.language}
    return literal if term.datatype.value == _STRING else literal | {"datatype": term.datatype.value}
