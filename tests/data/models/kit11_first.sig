{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "TdiDQke7ZRGyQy7wbqV8sSsq8vqw1XWtVIcdAdzJLQTgnFBnTrtz14yjIaqIQeWYqku6y58h6AbkOqU3vCSEDA=="
}
