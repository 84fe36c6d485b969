"""Bringing what the station wrote to the centre: nothing lost, nothing twice, and never in the way of the counter."""
