"""What JSON looks like to the type checker."""

Json = dict[str, object]
