{
  "format": 1,
  "algorithm": "ed25519",
  "key": "19085a09c1868daa",
  "signature": "xBUXZyAjJll264M0Gr+kfH+v7I0iU5Z11drKT63V6jDxIEt2yw7LxCWfT77cNqO8Hle4fMburKZdmIFLYzZ7Dg=="
}
