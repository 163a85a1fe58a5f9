"""The methods of `KnowledgeGraph`, a file for each theme."""
