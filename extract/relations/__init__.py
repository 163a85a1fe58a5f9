"""Relation rules: data in `rules/*.toml`, one file a relation, and the matcher that reads them."""
