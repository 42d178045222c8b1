#!/usr/bin/env python3
"""Makes the archives that the fuzzer of the archive door starts from: input.make FOLDER.

With small dictionaries, since most of a run would go into their memory.
"""

import bz2
import gzip
import io
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib

FILES = [("CONNECTORS.txt", b"connector.ftp.server=sftp.example.invalid\n"),
         ("reports/users.csv", b"STUD_ID,STATUS\n000123,NOTACTIVE\n" * 3),
         (".hidden", b"x"), ("empty.csv", b""), ("b/../a.csv", b"a,b\n1,2\n"),
         ("uml\u00e4ut.csv", b"a\n")]
DAY = (2024, 1, 1, 0, 0, 0)


def made_zip(method, files, **extra):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, DAY), content, method)
        archive.comment = extra.get("comment", b"")
    return out.getvalue()


class Pipe(io.RawIOBase):
    """An output that cannot go back: the sizes then stand behind the members."""

    def __init__(self):
        self.content = b""

    def writable(self):
        return True

    def write(self, data):
        self.content += bytes(data)
        return len(data)


def streamed_zip():
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in FILES[:3]:
            archive.writestr(zipfile.ZipInfo(name, DAY), content)
    return pipe.content


def made_tar(kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for name, content in FILES:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for name, what in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE),
                           ("fifo", tarfile.FIFOTYPE), ("dir", tarfile.DIRTYPE),
                           ("device", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type = what
            info.linkname = "CONNECTORS.txt"
            archive.addfile(info)
        info = tarfile.TarInfo("long/" * 40 + "name.csv")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"a,b\n"))
    # As short as an archive may be: two blocks of zeros at its end.
    content = out.getvalue().rstrip(b"\0")
    return content + b"\0" * (-len(content) % 512 + 1024)


def made_cpio():
    out = b""
    for number, (name, content) in enumerate([*FILES[:2], ("TRAILER!!!", b"")]):
        raw = name.encode() + b"\0"
        fields = (number, 0o100644, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(raw), 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + raw
        out += head + b"\0" * (-len(head) % 4) + content + b"\0" * (-len(content) % 4)
    return out


def lzip(content):
    """One member of .lz, for which the standard library has the stream alone."""
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 12, "lc": 3, "lp": 0, "pb": 2}]
    alone = lzma.compress(content, lzma.FORMAT_ALONE, filters=filters)[13:]
    return (b"LZIP\1\x0C" + alone + struct.pack("<IQQ", zlib.crc32(content), len(content),
                                                len(alone) + 26))


def listed_7z():
    """One stored member, and a list that is not packed."""
    name, content = "users.csv", FILES[1][1]
    utf16 = name.encode("utf-16-le") + b"\0\0"
    size = bytes([len(content)])
    listed = (b"\1\4\6\0\1\x09" + size + b"\0\7\x0B\1\0\1\1\0\x0C" + size + b"\0\x08\0\0\5\1\x11" +
              bytes([len(utf16) + 1]) + b"\0" + utf16 + b"\0\0")
    start = struct.pack("<QQI", len(content), len(listed), zlib.crc32(listed))
    return (b"7z\xBC\xAF\x27\x1C\0\4" + struct.pack("<I", zlib.crc32(start)) + start + content +
            listed)


def bsdtar(*options):
    """By libarchive's own program, what the standard library does not make."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in FILES[:2]:
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
            os.utime(path, (0, 0))
        made = os.path.join(folder, "made")
        names = [name for name, _ in FILES[:2]]
        subprocess.run(["bsdtar", "-c", "-f", made, *options, "-C", folder, *names], check=True)
        with open(made, "rb") as file:
            return file.read()


def main():
    text = FILES[1][1]
    tar = made_tar(tarfile.PAX_FORMAT)
    made = {
        "stored.zip": made_zip(zipfile.ZIP_STORED, FILES),
        "deflated.zip": made_zip(zipfile.ZIP_DEFLATED, FILES, comment=b"made"),
        "bzip2.zip": made_zip(zipfile.ZIP_BZIP2, FILES[:2]),
        "lzma.zip": made_zip(zipfile.ZIP_LZMA, FILES[:2]),
        "backwards.zip": made_zip(zipfile.ZIP_STORED,
                                  [(f"{9 - i}.csv", b"a\n") for i in range(10)]),
        "inner.zip": made_zip(zipfile.ZIP_STORED, [("a.zip", made_zip(0, FILES[:1]))]),
        "empty.zip": made_zip(zipfile.ZIP_STORED, []),
        "streamed.zip": streamed_zip(),
        "twice.zip": made_zip(zipfile.ZIP_STORED, FILES[:1]) * 2,
        "pax.tar": tar,
        "gnu.tar": made_tar(tarfile.GNU_FORMAT),
        "x.tar.gz": gzip.compress(tar, mtime=0),
        "x.cpio": made_cpio(),
        "listed.7z": listed_7z(),
        "stored.7z": bsdtar("--format=7zip", "--options=compression=store"),
        "lzma.7z": bsdtar("--format=7zip", "--options=compression=lzma1,compression-level=1"),
        "ppmd.7z": bsdtar("--format=7zip", "--options=compression=ppmd,compression-level=1"),
        "old.cpio": bsdtar("--format=odc"),
        "x.tar.zst": bsdtar("--zstd"),
        "x.tar.lz4": bsdtar("--lz4"),
        "x.tar.Z": bsdtar("--compress"),
        "x.csv.gz": gzip.compress(text, mtime=0),
        "two.gz": gzip.compress(text, mtime=0) + gzip.compress(text, mtime=0) + b"\0\0",
        "x.csv.bz2": bz2.compress(text, 1),
        "x.csv.xz": lzma.compress(text, preset=0),
        "x.csv.lzma": lzma.compress(text, lzma.FORMAT_ALONE, preset=0),
        "x.csv.lz": lzip(text),
        "x.csv.zst": b"\x28\xB5\x2F\xFD\x20\x04\x21\0\0a,b\n",
        "x.Z": b"\x1F\x9D\x90a\x58\x88\x50",
        "x.pgp": b"-----BEGIN PGP MESSAGE-----\n\nabc\n",
        "x.csv": text,
        "none": b"",
    }
    for name, content in made.items():
        with open(os.path.join(sys.argv[1], name), "wb") as file:
            file.write(content)


main()
