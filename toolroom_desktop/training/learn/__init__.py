"""Training and export of networks: the only place that imports torch, ultralytics or onnx."""
