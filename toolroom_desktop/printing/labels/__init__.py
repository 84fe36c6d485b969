"""Labels on paper: their codes, how each is laid out, and sheets of them as PDF, on the screen and on a printer."""
