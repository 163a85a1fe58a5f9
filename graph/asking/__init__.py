"""What can be asked of a graph: a file for each kind of question, with the answers it gives."""
