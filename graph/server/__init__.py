"""The graph over HTTP: SPARQL endpoint, JSON API and pages, over snapshots that other processes read."""
