"""Importing this loads all that extraction needs, so that a fork server shares it with its workers.

The objects are put out of the reach of the garbage collector, which would write to each of them and so copy its page.
"""

from __future__ import annotations

import gc

from extract.batch import load_models

load_models()
gc.collect()
gc.freeze()
