"""Documents to claims. Importing it loads neither spaCy nor rdflib; `extract.pipeline` does the work."""
