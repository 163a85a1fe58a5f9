"""Documents on the semiconductor industry in, a knowledge graph with a sentence behind every edge out.

    import chipgraph

    chipgraph.build(["examples/articles"], "output")
    graph = chipgraph.KnowledgeGraph.open("output")

Names are imported when they are first used: `import chipgraph` loads neither the language pipeline nor a store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from chipgraph._origin import require_our_packages

if TYPE_CHECKING:
    from chipgraph.building import Built, build
    from chipgraph.importing import import_file
    from chipgraph.removing import remove
    from extract.model import Claim, Document, Entity, Evidence, Observation
    from extract.pipeline import extract
    from extract.read import read, read_all
    from graph.analysis.network import Network
    from graph.asking.chains import Chain
    from graph.asking.relations import Relations
    from graph.knowledge import KnowledgeGraph
    from graph.names import Match
    from ontology.errors import (
        AmbiguousName,
        ChipgraphError,
        DocumentRefused,
        InvalidData,
        MissingPackage,
        QueryRefused,
        StoreError,
        UnknownDocument,
        UnknownEntity,
    )

__all__ = [
    "AmbiguousName",
    "Built",
    "Chain",
    "ChipgraphError",
    "Claim",
    "Document",
    "DocumentRefused",
    "Entity",
    "Evidence",
    "InvalidData",
    "KnowledgeGraph",
    "Match",
    "MissingPackage",
    "Network",
    "Observation",
    "QueryRefused",
    "Relations",
    "StoreError",
    "UnknownDocument",
    "UnknownEntity",
    "__version__",
    "build",
    "extract",
    "import_file",
    "read",
    "read_all",
    "remove",
]

__version__ = "0.1.0"

_HOME = {
    "Built": "chipgraph.building",
    "build": "chipgraph.building",
    "import_file": "chipgraph.importing",
    "remove": "chipgraph.removing",
    "Claim": "extract.model",
    "Document": "extract.model",
    "Entity": "extract.model",
    "Evidence": "extract.model",
    "Observation": "extract.model",
    "extract": "extract.pipeline",
    "read": "extract.read",
    "read_all": "extract.read",
    "KnowledgeGraph": "graph.knowledge",
    "Match": "graph.names",
    "Network": "graph.analysis.network",
    "Chain": "graph.asking.chains",
    "Relations": "graph.asking.relations",
    "AmbiguousName": "ontology.errors",
    "ChipgraphError": "ontology.errors",
    "DocumentRefused": "ontology.errors",
    "InvalidData": "ontology.errors",
    "MissingPackage": "ontology.errors",
    "QueryRefused": "ontology.errors",
    "StoreError": "ontology.errors",
    "UnknownDocument": "ontology.errors",
    "UnknownEntity": "ontology.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'chipgraph' has no attribute {name!r}")
    require_our_packages()
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
