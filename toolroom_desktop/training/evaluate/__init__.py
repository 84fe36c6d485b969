"""How often a model would wrongly call a kit complete, and the usual figures beside it."""
