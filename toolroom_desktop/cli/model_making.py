"""`toolroom model keygen | sign`: what is done with a model before it goes to a station."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput

KEY_VARIABLE = "TOOLROOM_KEY_PASSPHRASE"


def add_making(own: Commands) -> None:
    """Add these commands to `toolroom model`."""
    making = own.add("keygen", "cli.help.model_keygen")
    argument(making, "file", "cli.help.key_file", type=a_path)
    option(making, "--no-passphrase", "cli.help.no_passphrase", action="store_true")
    making.set_defaults(run=run_keygen)
    signing = own.add("sign", "cli.help.model_sign")
    argument(signing, "file", "cli.help.model_file", type=a_path)
    option(signing, "--key", "cli.help.signing_key", type=a_path, metavar="FILE", required=True)
    signing.set_defaults(run=run_sign)


def _passphrase(console: Console, *, twice: bool) -> str:
    """A passphrase out of the environment, or typed; raises `BadInput`."""
    told = os.environ.get(KEY_VARIABLE)
    if told is None:
        if not sys.stdin.isatty():
            raise BadInput("cli.passphrase_needs_terminal", variable=KEY_VARIABLE)
        told = getpass.getpass(console.text("cli.ask_passphrase"))
        if twice and getpass.getpass(console.text("cli.ask_passphrase_again")) != told:
            raise BadInput("cli.passphrases_differ")
    if not told:
        raise BadInput("cli.passphrase_empty")
    return told


def run_keygen(arguments: argparse.Namespace, station: Station) -> int:
    """Make a key that signs models, and its public half."""
    from toolroom_desktop.adapters.security.signatures import make_key

    console = station.console
    passphrase = "" if arguments.no_passphrase else _passphrase(console, twice=True)
    public = make_key(arguments.file, passphrase)
    console.say("cli.model.key_made", path=arguments.file, public=public, folder=station.data.trusted_keys)
    return 0


def sign_model(path: Path, key_path: Path, console: Console) -> Path:
    """Load a model, sign its manifest and return the signature's path; asks for the passphrase of an encrypted key.

    Raises `BadModel` for a model that does not load or a key that cannot be used.
    """
    from toolroom_desktop.adapters.security.signatures import is_encrypted, read_key
    from toolroom_desktop.adapters.vision.model_store import sign_manifest

    key = read_key(key_path, _passphrase(console, twice=False) if is_encrypted(key_path) else "")
    return sign_manifest(path, key)


def run_sign(arguments: argparse.Namespace, station: Station) -> int:
    """Sign the manifest of a model that loads."""
    signature = sign_model(arguments.file, arguments.key, station.console)
    station.console.say("cli.model.signed", path=signature)
    return 0
