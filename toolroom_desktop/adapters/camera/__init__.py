"""Cameras: USB and network through OpenCV, replay of photos and videos, and the watch over each of them."""
