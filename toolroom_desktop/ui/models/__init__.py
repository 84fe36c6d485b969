"""Qt item models over rows that services return."""
