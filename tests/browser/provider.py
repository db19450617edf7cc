"""An OpenID Connect provider that signs in whoever it is told to, for tests of a real sign-in."""

import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "alliance", "a-secret-of-the-client"


class Provider:
    """A server with one account at a time: `account` is what the next sign-in tells of it."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.account: dict[str, Any] = {}
        self.nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, parse_qs(urlparse(self.path).query))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                provider.answer(self, parse_qs(self.rfile.read(length).decode()))

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler, asked: dict[str, list[str]]) -> None:
        match urlparse(request.path).path:
            case "/.well-known/openid-configuration":
                _json(request, self._configuration())
            case "/authorize":
                code = f"code-{len(self.nonces)}"
                self.nonces[code] = asked["nonce"][0]
                back = urlencode({"code": code, "state": asked["state"][0]})
                request.send_response(302)
                request.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
                request.end_headers()
            case "/token":
                _json(request, {"access_token": "access", "token_type": "Bearer", "id_token": self._token(asked)})
            case "/keys":
                _json(request, {"keys": [self.key.as_dict(private=False)]})
            case _:
                request.send_error(404)

    def _configuration(self) -> dict[str, Any]:
        there = self.address
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        told: dict[str, Any] = {name: f"{there}/{place}" for name, place in places.items()}
        told |= {"issuer": there, "response_types_supported": ["code"], "subject_types_supported": ["public"]}
        return told | {"id_token_signing_alg_values_supported": ["RS256"]}

    def _token(self, asked: dict[str, list[str]]) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "sub": self.account["email"], "iat": now, "exp": now + 3600}
        said |= {"nonce": self.nonces.pop(asked["code"][0])} | self.account
        return jwt.encode({"alg": "RS256", "kid": "one"}, said, self.key)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _json(request: BaseHTTPRequestHandler, said: dict[str, Any]) -> None:
    body = json.dumps(said).encode()
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
