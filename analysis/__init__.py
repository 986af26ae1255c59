"""Parallax: compare how news outlets cover the same events."""
