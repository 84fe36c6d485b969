"""Pictures and models: decoding photos, letterbox, ONNX session, decoding of detections, manifests."""
