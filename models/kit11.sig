{
  "format": 1,
  "algorithm": "ed25519",
  "key": "19085a09c1868daa",
  "signature": "YB8aWF+da+UU4z6cRVu61DmKe+0w5bI5zIbPju2YfpopMWXPvbXVxlr0K8SczdZNnSqS4ZRr3GUCyKWoCerbCg=="
}
