{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "kn5Mpeo2P/sJU+MNYLV4KdXxjWLThVSZsT0QT/9DI7tZMs0ztLuWIcXon/MKgY/sNP7RxMKq/QOnctigBDQXDg=="
}
