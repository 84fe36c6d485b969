{
  "format": 1,
  "algorithm": "ed25519",
  "key": "19085a09c1868daa",
  "signature": "Tmld+OPA3BmfzQ1CvIWTXJ+G994110q6YPbj1p46sB62ojfFpN15XdPFCgtRmrlKnF3Kl23m7m2h7KSBrhD5DQ=="
}
