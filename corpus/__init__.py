"""The annotated corpus: data of the repository, with the tools that read it; not part of the installed package."""
