{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "2cd5UUnF26E+Anz1kNrR/jQ1k5teAPvKcVUi8dZp5mvhNlY9yYQ/zvW7sad8YyFxOw0cbw3Tg/vwotmum7alAQ=="
}
