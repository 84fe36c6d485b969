{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "eajLV+JOgximXDdDwN90tmWlR9cixc9HwkBgpYIaHwantB0kt4aqw/tVU37dQ2xPIo34TxDm3H3fxGLscmPyAw=="
}
