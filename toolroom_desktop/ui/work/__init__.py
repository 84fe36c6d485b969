"""Running service commands off the GUI thread and bringing what they return back to it."""
