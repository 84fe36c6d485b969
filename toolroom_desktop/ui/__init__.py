"""The windows. They reach data through services only."""
