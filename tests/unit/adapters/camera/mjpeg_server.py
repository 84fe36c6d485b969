"""A network camera on loopback: moving JPEG over HTTP, as real ones speak it."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from toolroom_desktop.adapters.opencv import cv2

_FRAME_INTERVAL = 0.04


class MjpegServer:
    """Streams frames of a growing number at 25 per second until it is killed. It can be started again on its port."""

    def __init__(self) -> None:
        self.frame_number = 0
        self.silent = False
        self.wants_password = False
        self.authorizations: set[str] = set()
        self._port = 0
        self._server: _Server | None = None

    @property
    def address(self) -> str:
        """host:port"""
        return f"127.0.0.1:{self._port}"

    def start(self) -> None:
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = self._server.server_address[1]
        self._server.thread.start()

    def kill(self) -> None:
        """Break all connections and refuse new ones."""
        if self._server is not None:
            self._server.kill()
            self._server = None

    def next_jpeg(self) -> bytes:
        self.frame_number += 1
        frame = np.full((120, 160, 3), 40, np.uint8)
        frame[:, : 1 + self.frame_number % 160] = 200
        return bytes(cv2.imencode(".jpg", frame)[1].tobytes())


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], camera: MjpegServer) -> None:
        self.camera = camera
        self.killed = threading.Event()
        self._connections: list[socket.socket] = []
        super().__init__(address, _Handler)
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, name="mjpeg-server")

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault of the camera."""

    def kill(self) -> None:
        self.killed.set()
        self.shutdown()
        self.thread.join()
        for connection in self._connections:
            _hang_up(connection)
        self.server_close()


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side was quicker
        return


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        authorization = self.headers.get("Authorization")
        if authorization is None and self.server.camera.wants_password:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.end_headers()
            return
        self.server.camera.authorizations |= {authorization} if authorization else set()
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        while not self.server.killed.wait(_FRAME_INTERVAL):
            if self.server.camera.silent:
                continue
            jpeg = self.server.camera.next_jpeg()
            self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg))
            self.wfile.write(jpeg + b"\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Keeps stderr quiet."""
