{
  "format": 1,
  "algorithm": "ed25519",
  "key": "5b1ad6b051928434",
  "signature": "0BR1m8qLbyxEJEbkQgeS7jmuGR0Bwq8KjRPhaHflPk28DX0+c3canoEx/mNHcxfvNHHW8Xo27Q8HcJCtuuiaCg=="
}
