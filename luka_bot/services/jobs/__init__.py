"""Jobs: who may do what with them, what they are told, and how one is done."""
