"""Every table of every feature, so that `Base.metadata` is complete."""
