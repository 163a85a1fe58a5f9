"""Importing this loads all that extraction needs, so that a fork server shares it with its workers.

The objects are put out of the reach of the garbage collector, which would write to each of them and so copy its page.
"""

from __future__ import annotations

import gc

from extract.batch import extract_document
from extract.model import Document

extract_document(Document("TSMC supplies chips to Apple.", "preload"))
gc.collect()
gc.freeze()
