"""Commands and queries over the domain; everything outside is reached through the protocols of `ports`."""
