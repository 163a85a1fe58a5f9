"""Claims to RDF, and everything asked of it."""
