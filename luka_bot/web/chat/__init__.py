"""Conversations over HTTP and sockets."""
