"""What luka talks about: frozen data, no I/O."""
