"""The way in, until an update is safe."""
