{
  "format": 1,
  "algorithm": "ed25519",
  "key": "19085a09c1868daa",
  "signature": "xn3YmxrLDvIGDmzC7le2gkv0dooWNRYQ4aOKn4DF3A1sknRdZhBr8L+osk+XF7UcOCHOyfxzaA28169N1oCbBw=="
}
