"""One working day of each role, in real windows from the first badge to the last sign-out."""
