"""Vertel: the one place that knows every feature."""
