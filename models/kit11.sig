{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "HXpRXjXJGBDTwnY1OyKfW0KURVOsmPOex67TZQchkUkY8LU7CZ8DGOOHslLWAzL1QyzbngYE6Wf1LjdtZdz+AA=="
}
