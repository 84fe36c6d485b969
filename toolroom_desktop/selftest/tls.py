"""Encrypted connections work, and a certificate that is not trusted, or is somebody else's, is refused.

Both ends talk through memory (`ssl.MemoryBIO`): no socket is opened.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from toolroom_desktop.domain.errors import BadProgram
from toolroom_desktop.selftest.bench import Workbench
from toolroom_desktop.services.doctor import Check, Grade

_HOST = "server.selftest.invalid"
_OTHER_HOST = "other.selftest.invalid"
_GREETING = "готов".encode()
_MOST_ROUNDS = 20

Client = Callable[[str], ssl.SSLContext]


def client_trusting(authority: str) -> ssl.SSLContext:
    """What the program connects with where only that authority (PEM) is trusted."""
    return ssl.create_default_context(cadata=authority)


def look(bench: Workbench, *, client: Client = client_trusting, days: int = 1) -> Check:
    """Shake hands with a certificate that holds for `days`, and see the wrong ones refused by `client`."""
    ssl.create_default_context()  # the operating system's own authorities can be read
    ours, foreign = _issue(days), _issue(days)
    server = _server(ours, bench.room("tls"))
    try:
        version = _shake_hands(server, client(ours.authority), _HOST)
    except ssl.SSLError as error:
        raise BadProgram("selftest.tls_failed", reason=str(error)) from error
    for context, host, what in (
        (client(foreign.authority), _HOST, "selftest.tls_untrusted_accepted"),
        (client(ours.authority), _OTHER_HOST, "selftest.tls_other_host_accepted"),
    ):
        try:
            _shake_hands(server, context, host)
        except ssl.SSLCertVerificationError:
            continue
        raise BadProgram(what)
    details: dict[str, object] = {"version": version, "library": ssl.OPENSSL_VERSION}
    return Check("tls", Grade.GOOD, "selftest.tls", details, {"version": version, "library": ssl.OPENSSL_VERSION})


@dataclass(frozen=True, slots=True)
class _Issued:
    """A certificate with its key and the authority that signed it, all PEM."""

    certificate: bytes
    key: bytes
    authority: str


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _issue(days: int) -> _Issued:
    now = datetime.now(UTC)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def begun(subject: str, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name("Self-test authority"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=2))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )

    root = (
        begun("Self-test authority", root_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        begun(_HOST, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(_HOST)]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return _Issued(leaf.public_bytes(pem), private, root.public_bytes(pem).decode())


def _server(issued: _Issued, room: Path) -> ssl.SSLContext:
    # Python's ssl takes a certificate with its key from a file and from nowhere else.
    path = room / "server.pem"
    path.write_bytes(issued.certificate + issued.key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _shake_hands(server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> str:
    """The version agreed on, after a greeting went through; raises `ssl.SSLError` where one end refuses."""
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    near = client.wrap_bio(to_client, to_server, server_hostname=host)
    far = server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [near, far]
    for _ in range(_MOST_ROUNDS):
        waiting = [end for end in waiting if not _done(end)]
        if not waiting:
            near.write(_GREETING)
            if far.read() != _GREETING:
                raise ssl.SSLError("what was sent did not come through")
            return near.version() or "TLS"
    raise ssl.SSLError("the handshake does not end")


def _done(end: ssl.SSLObject) -> bool:
    """Go on with a handshake as far as the bytes reach."""
    try:
        end.do_handshake()
    except ssl.SSLWantReadError:
        return False
    return True
