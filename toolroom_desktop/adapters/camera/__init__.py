"""Cameras: USB and network through OpenCV, replay of photos and videos, and the watch over each of them.

`make_camera` is the way in. What the modules do, from the reader of frames to the device:

- `slot`      holds the newest frame, and none that is old
- `watchdog`  says from the frames alone whether a camera is live, frozen or lost
- `feed`      both of them behind one lock: what a camera shows to its readers
- `session`   one opening of a device in a thread of its own, given up when the driver blocks
- `opencv`    opens sessions again and again while the camera is wanted
- `replay`    photos and videos as if they were a camera
"""
