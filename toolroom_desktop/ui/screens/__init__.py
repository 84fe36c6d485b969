"""One package a screen: `view` holds the layout, `presenter` the conditions."""
