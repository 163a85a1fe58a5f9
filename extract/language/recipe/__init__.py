"""The recipe of the language pipeline: data in, trained pipeline out."""
