"""A process that speaks as much S3 as the storage needs: put, get, delete and list objects of one bucket.

It refuses whoever does not sign with its key, and prints the port it listens on.
"""

from __future__ import annotations

import datetime
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET, KEY = sys.argv[1:3]
OBJECTS: dict[str, tuple[bytes, datetime.datetime]] = {}


class Bucket(BaseHTTPRequestHandler):
    """Answers for one bucket, addressed by path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def key(self) -> str | None:
        """Return the object's key, after checking bucket and signature."""
        signed = self.headers.get("Authorization", "")
        if not signed.startswith("AWS4-HMAC-SHA256") or f"Credential={KEY}/" not in signed:
            self.answer(403, b"<Error><Code>InvalidAccessKeyId</Code></Error>")
            return None
        path = unquote(urlsplit(self.path).path)
        bucket, _, key = path.lstrip("/").partition("/")
        if bucket != BUCKET:
            self.answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
            return None
        return key

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if (key := self.key()) is not None:
            OBJECTS[key] = (content, datetime.datetime.now(datetime.UTC))
            self.answer(200, ETag='"1"')

    def do_GET(self) -> None:
        if (key := self.key()) is None:
            return
        if not key:
            self.listed()
        elif key not in OBJECTS:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            content, at = OBJECTS[key]
            stamp = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
            self.answer(200, content, Last_Modified=stamp, ETag='"1"')

    def listed(self) -> None:
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(content)}</Size><ETag>1</ETag>"
            f"<LastModified>{at.strftime('%Y-%m-%dT%H:%M:%S.000Z')}</LastModified></Contents>"
            for key, (content, at) in OBJECTS.items()
            if key.startswith(prefix)
        )
        body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"
        self.answer(200, body.encode(), Content_Type="application/xml")

    def do_POST(self) -> None:
        """Delete the objects that the body names."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.key() is not None:
            keys = re.findall("<Key>(.*?)</Key>", asked)
            for key in keys:
                OBJECTS.pop(key, None)
            deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            body = f"<DeleteResult>{deleted}</DeleteResult>"
            self.answer(200, body.encode(), Content_Type="application/xml")


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    print(server.server_port, flush=True)  # noqa: T201 - whoever started it reads the port
    server.serve_forever()
