"""PIN hashing, the operating system key store and the clock."""
