{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "SaZ6Q4NrsNhT/JHCAgz/gsVQzu87kh+dZqLLdXUn1XLkwOANyfGU39lZ2gTxg3pfNHxaFC1wDYeoLSOOr09tBQ=="
}
