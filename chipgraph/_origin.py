"""Are `extract`, `graph` and `ontology` ours? Their names are common, and a stray `graph.py` would hide the package."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("extract", "graph", "ontology")


class HiddenPackage(ImportError):
    """Another module stands where one of our packages should; its text is one sentence that names the file."""


def require_our_packages() -> None:
    """Raises `HiddenPackage` where another module would be imported in place of one of ours."""
    home = Path(__file__).resolve().parent.parent
    for name in PACKAGES:
        found = _origin(name)
        if found != home / name / "__init__.py":
            where = f"hidden by {found}: rename that, or run from elsewhere" if found else "missing: install it again"
            raise HiddenPackage(f"Chipgraph's package {name!r} is {where}.", name=name)


def _origin(name: str) -> Path | None:
    """The file that `import name` runs or has run."""
    if loaded := sys.modules.get(name):
        file = loaded.__file__
    else:
        spec = find_spec(name)
        file = spec.origin or next(iter(spec.submodule_search_locations or ()), None) if spec else None
    return Path(file).resolve() if file else None
