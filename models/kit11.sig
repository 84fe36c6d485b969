{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "GH4Ubcyc4CpLRZVtLWxss6LhxyxHKId8OflFB93jZmH1XCrfifbNSq3rGZ4FxAo/6WtGaUnHY1eXjcOdUvmKCA=="
}
