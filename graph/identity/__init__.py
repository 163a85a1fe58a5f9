"""Which ids stand for one and the same: scores, candidates, decisions, and the canonical id that follows from them."""
