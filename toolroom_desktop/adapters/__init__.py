"""The edges of the program: database, vision, cameras, security. Each can be replaced in a test."""
