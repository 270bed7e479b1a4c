"""Running a child as `nobody`, who may still have to reach it through folders that only root may enter."""

from __future__ import annotations

import ctypes
import os
import pwd
import sys
from pathlib import Path

PR_SET_KEEPCAPS, PR_CAPBSET_READ, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 8, 23, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 4
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION_3 = 0x20080522


def nobody() -> int | None:
    """The user a server runs as that refuses to run as root; None when we are not root."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def drop_to(user: int) -> None:
    """Become `user` for good, keeping (on Linux) only the right to pass through closed folders."""
    linux = sys.platform.startswith("linux")
    libc = ctypes.CDLL(None)
    if linux:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        # Else access(2), which initdb asks about its own program, leaves the kept right out of account.
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(pwd.getpwuid(user).pw_gid)
    os.setuid(user)
    if linux:
        _keep_passage(libc)


def _keep_passage(libc: ctypes.CDLL) -> None:
    """A checkout under /root is closed to `nobody`. Containers often hold only the stronger of the two rights."""
    held = [cap for cap in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if libc.prctl(PR_CAPBSET_READ, cap, 0, 0, 0) == 1]
    bits = 1 << held[0] if held else 0
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(bits, bits, bits, 0, 0, 0)  # effective, permitted, inheritable
    if libc.capset(header, sets):
        os._exit(1)  # rather no server than one with all of root's rights
    if held:
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, held[0], 0, 0)


def hand_over(path: Path, user: int | None) -> None:
    """Give `path` to the user who will work in it."""
    if user is not None:
        os.chown(path, user, -1)
