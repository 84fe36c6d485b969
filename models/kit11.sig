{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "3dRIPzkjwSeK8o/WLYWX/6TTYs/NVeAaUFtPD45hwl50MWLhYZ8srkm2LllF3FIiDzrpKZAO48armQY2crOKCQ=="
}
