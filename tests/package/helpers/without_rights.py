"""For the Windows Python: run a command line as Windows runs it for an administrator who was not asked (UAC).

The token that it gets holds the group of administrators "for denials only". Ends with the command's exit code.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes import wintypes

assert sys.platform == "win32"

ADMINISTRATORS = "S-1-5-32-544"
TOKEN_ALL_ACCESS, DISABLE_MAX_PRIVILEGE, INFINITE = 0xF01FF, 0x1, 0xFFFFFFFF
kernel = ctypes.WinDLL("kernel32", use_last_error=True)
advapi = ctypes.WinDLL("advapi32", use_last_error=True)
kernel.GetCurrentProcess.restype = wintypes.HANDLE


class SidAndAttributes(ctypes.Structure):
    """SID_AND_ATTRIBUTES."""

    _fields_ = (("sid", ctypes.c_void_p), ("attributes", wintypes.DWORD))


class StartupInfo(ctypes.Structure):
    """STARTUPINFOW."""

    _fields_ = (
        ("cb", wintypes.DWORD),
        *((name, wintypes.LPWSTR) for name in ("reserved", "desktop", "title")),
        *((f"number{n}", wintypes.DWORD) for n in range(8)),
        ("show", wintypes.WORD),
        ("reserved2", wintypes.WORD),
        ("reserved3", ctypes.c_void_p),
        *((name, wintypes.HANDLE) for name in ("input", "output", "error")),
    )


class ProcessInformation(ctypes.Structure):
    """PROCESS_INFORMATION."""

    _fields_ = (
        ("process", wintypes.HANDLE),
        ("thread", wintypes.HANDLE),
        ("process_id", wintypes.DWORD),
        ("thread_id", wintypes.DWORD),
    )


def must(done: int) -> None:
    """Raise what Windows says where a call failed."""
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())


def token_without_rights() -> wintypes.HANDLE:
    """This process's token, less the rights of an administrator."""
    own, less, group = wintypes.HANDLE(), wintypes.HANDLE(), ctypes.c_void_p()
    here = wintypes.HANDLE(kernel.GetCurrentProcess())
    must(advapi.OpenProcessToken(here, TOKEN_ALL_ACCESS, ctypes.byref(own)))
    must(advapi.ConvertStringSidToSidW(ADMINISTRATORS, ctypes.byref(group)))
    denied = SidAndAttributes(group.value, 0)
    nothing = (0, None, 0, None)
    must(
        advapi.CreateRestrictedToken(own, DISABLE_MAX_PRIVILEGE, 1, ctypes.byref(denied), *nothing, ctypes.byref(less))
    )
    return less


def main(line: str) -> int:
    """Run it and wait."""
    start, made, code = StartupInfo(), ProcessInformation(), wintypes.DWORD()
    start.cb = ctypes.sizeof(start)
    words = ctypes.create_unicode_buffer(line)
    told = (None, words, None, None, False, 0, None, None)
    must(advapi.CreateProcessAsUserW(token_without_rights(), *told, ctypes.byref(start), ctypes.byref(made)))
    kernel.WaitForSingleObject(made.process, INFINITE)
    must(kernel.GetExitCodeProcess(made.process, ctypes.byref(code)))
    return int(code.value)


if __name__ == "__main__":
    if sys.argv[1] == "--with-rights":
        sys.exit(subprocess.call(sys.argv[2]))  # as it is written, quotes included
    sys.exit(main(sys.argv[1]))
