#!/usr/bin/env python3
"""Makes what the fuzzer of certificates starts from, out of the golden ones: certs.make FOLDER."""

import base64
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CERTS = os.path.join(ROOT, "testdata/check-certs/certs")


def main():
    for name in sorted(os.listdir(CERTS)):
        with open(os.path.join(CERTS, name), "rb") as file:
            content = file.read()
        made = {name: content}
        body = re.search(rb"-----BEGIN [^-]+-----(.*?)-----END", content, re.S)
        if body:
            made[name + ".der"] = base64.b64decode(body[1])
            made[name + ".base64"] = body[1].strip()
        if name == "a.pem":
            made["utf16"] = b"\xff\xfe" + content.decode().encode("utf-16-le")
            made["utf16-alone"] = content.decode().encode("utf-16-be")
            made["quoted"] = b"> " + content.replace(b"\n", b"\r\n> ")
            made["json"] = b'"' + content.replace(b"\n", b"\\n").replace(b"/", b"\\/") + b'"'
            made["xml"] = b"<a>" + made[name + ".base64"] + b"</a><b>" + made[name + ".base64"]
            made["dashes"] = content.replace(b"-----\n", b"---\n") * 2
            made["label"] = content.replace(b"CERT", b"X.509  CERT")
            der = made[name + ".der"]
            made["ber"] = b"\x30\x80" + der[4:] + b"\0\0" + der
            made["trusted"] = content.replace(b"CERT", b"TRUSTED CERT")
            made["text"] = b"\xef\xbb\xbfVersion: 3\r\n" + content.replace(b"\n", b"\r\n") * 2
        for key, value in made.items():
            with open(os.path.join(sys.argv[1], key), "wb") as file:
                file.write(value)


main()
