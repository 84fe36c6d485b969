"""Scenes made from cut-outs, with their labels."""
