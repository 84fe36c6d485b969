{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "JYZZfW7RIWM5Gt3KMbzRqW9E+CfB41j6kB+Qa8S0K26BRoJFHh0Z9cU048i3c51iCvCgJcAcdTnfG+IPNS29Dg=="
}
