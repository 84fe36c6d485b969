{
  "format": 1,
  "algorithm": "ed25519",
  "key": "43b9cb3e854c7eeb",
  "signature": "v6P+XFfz21/I8xM7cate5fiwMcV+fieh1phwVyDrMgUy0izLQAJkRt5NpugOnUHP7WQH0U09rWybRtwww8o2CQ=="
}
