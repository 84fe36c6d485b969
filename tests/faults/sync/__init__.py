"""The station, its centre, and everything that goes wrong between them."""
