"""What can be said: classes, relations, shapes, the registry of known actors, namespaces."""
