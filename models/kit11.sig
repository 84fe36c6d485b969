{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "tiSZsRuJFeyt73Jy/bXjsThEYf3t5+YMSOUuDr266iW8YwENwEkS9beb32d3r9lfGAFUgcDGLNytuyTazGXkBQ=="
}
