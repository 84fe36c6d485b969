{
  "format": 1,
  "algorithm": "ed25519",
  "key": "19085a09c1868daa",
  "signature": "JPGSha7/AEo8Ftmr7eCAjlKXWxI63MfjUcg1siATY+y/11qfCJziYc7ikrfTJb00TWYlSxzvB7QZ2/SkdgWJBQ=="
}
