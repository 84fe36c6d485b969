"""The program proves itself: parts, files, window, model, camera, records, keys, and that it asks no network.

Each check is a module with a function `look`; `run.py` holds the one list of them. Nothing is imported here, because
the watch over the network must stand before anything else is loaded.
"""
