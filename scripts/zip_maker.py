"""Zips made byte by byte, also such as say what is not true."""

import bz2
import struct
import zlib

STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
DESCRIBED, UTF8 = 0x0008, 0x0800
MOMENT = 0x58214C40  # 2024-01-01 09:34:00
UNIX_FILE = 0o100644 << 16
HEADER = b"user_id,status\n"


def rows(prefix, count=3):
    return HEADER + b"".join(b"%s%03d,active\n" % (prefix, i) for i in range(count))


def compress(data, method):
    if method == DEFLATED:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(data) + deflate.flush()
    return bz2.compress(data) if method == BZIP2 else data


def field(number, data):
    """An extra field."""
    return struct.pack("<HH", number, len(data)) + data


def unicode_name(name, of):
    return field(0x7075, struct.pack("<BI", 1, zlib.crc32(of)) + name)


class Member:
    """A member. `local` and `central` say what its headers have that is not true."""

    def __init__(self, name, data=None, method=DEFLATED, flags=0, local=None, central=None, **more):
        self.name = name
        self.data = rows(name[:1].upper() if name[:1].isalpha() else b"N") if data is None else data
        self.packed = more.pop("packed", None)
        if self.packed is None:
            self.packed = compress(self.data, method)
        self.facts = dict(name=name, version=20, flags=flags, method=method, moment=MOMENT,
                          sum=zlib.crc32(self.data), packed=len(self.packed),
                          unpacked=len(self.data), extra=b"")
        self.facts |= more.pop("both", {})
        self.local = local or {}
        self.central = central or {}
        self.before = more.pop("before", b"")  # bytes that belong to nobody
        self.behind = more.pop("behind", b"")
        self.descriptor = more.pop("descriptor", "<4sIII" if flags & DESCRIBED else None)
        self.described = more.pop("described", {})
        self.listed = more.pop("listed", True)
        self.written = more.pop("written", True)
        assert not more, more

    def local_header(self):
        facts = self.facts | {}
        if self.facts["flags"] & DESCRIBED:
            facts |= dict(sum=0, packed=0, unpacked=0)
        facts |= self.local
        return struct.pack(
            "<4sHHHIIIIHH", facts.get("mark", b"PK\3\4"), facts["version"], facts["flags"],
            facts["method"], facts["moment"], facts["sum"], facts["packed"], facts["unpacked"],
            facts.get("name_size", len(facts["name"])),
            facts.get("extra_size", len(facts["extra"]))) + facts["name"] + facts["extra"]

    def descriptor_bytes(self):
        if not self.descriptor:
            return b""
        facts = self.facts | self.described
        numbers = [facts["sum"], facts["packed"], facts["unpacked"]]
        if "s" in self.descriptor:
            numbers.insert(0, facts.get("mark", b"PK\7\10"))
        return struct.pack(self.descriptor, *numbers)

    def central_header(self, offset):
        facts = dict(made=0x31E, disk=0, kind=0, attributes=UNIX_FILE, offset=offset, comment=b"")
        facts |= self.facts | self.central
        if callable(facts["offset"]):
            facts["offset"] = facts["offset"](offset)
        if callable(facts["extra"]):
            facts["extra"] = facts["extra"](offset)
        return struct.pack(
            "<4sHHHHIIIIHHHHHII", facts.get("mark", b"PK\1\2"), facts["made"], facts["version"],
            facts["flags"], facts["method"], facts["moment"], facts["sum"], facts["packed"],
            facts["unpacked"], facts.get("name_size", len(facts["name"])),
            facts.get("extra_size", len(facts["extra"])), len(facts["comment"]), facts["disk"],
            facts["kind"], facts["attributes"], facts["offset"]
        ) + facts["name"] + facts["extra"] + facts["comment"]


def end_record(count, size, offset, comment=b"", wrong=None):
    facts = dict(mark=b"PK\5\6", disk=0, start=0, here=count, count=count, size=size,
                 offset=offset, length=len(comment)) | (wrong or {})
    return struct.pack("<4sHHHHIIH", facts["mark"], facts["disk"], facts["start"], facts["here"],
                       facts["count"], facts["size"], facts["offset"], facts["length"]) + comment


def end64_records(at, count, size, offset, wrong=None):
    facts = dict(mark=b"PK\6\6", length=44, made=45, version=45, disk=0, start=0, here=count,
                 count=count, size=size, offset=offset, more=b"", locator=b"PK\6\7", at_disk=0,
                 at=at, disks=1) | (wrong or {})
    return struct.pack(
        "<4sQHHIIQQQQ", facts["mark"], facts["length"], facts["made"], facts["version"],
        facts["disk"], facts["start"], facts["here"], facts["count"], facts["size"],
        facts["offset"]) + facts["more"] + struct.pack(
            "<4sIQI", facts["locator"], facts["at_disk"], facts["at"], facts["disks"])


def make(members, end=None, end64=None, before=b"", gap=b"", between=b"", comment=b"", behind=b"",
         order=None, base=0):
    """A zip. `end` and `end64` say what those records have that is not true; end64 None: none."""
    out = bytearray(before)
    offsets = []
    for member in members:
        if not member.written:
            offsets.append(0)
            continue
        out += member.before
        offsets.append(len(out) - base)
        out += member.local_header() + member.packed + member.descriptor_bytes() + member.behind
    out += gap
    directory = len(out)
    count = 0
    for i in order or range(len(members)):
        if members[i].listed:
            out += members[i].central_header(offsets[i])
            count += 1
    size = len(out) - directory
    out += between
    if end64 is not None:
        out += end64_records(len(out) - base, count, size, directory - base, end64)
    out += end_record(count, size, directory - base, comment, end)
    return bytes(out + behind)


A, B, C = b"a.csv", b"b.csv", b"c.csv"
EVERYWHERE = 0xFFFFFFFF


def three(change=None, **more):
    """Three members, the second one as the arguments say."""
    return [Member(A), Member(B if change is None else change, **more), Member(C)]


def sizes64(data, packed):
    return field(1, struct.pack("<QQ", len(data), len(packed)))


def gzip(data):
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    return deflate.compress(data) + deflate.flush()


def tar(name, data):
    head = bytearray(struct.pack("100s8s8s8s12s12s8s1s355x", name, b"0000644", b"0", b"0",
                                 b"%011o" % len(data), b"0", b" " * 8, b"0"))
    head[257:263] = b"ustar\0"
    head[148:155] = b"%06o\0" % sum(head)
    return bytes(head) + data + bytes(-len(data) % 512 + 1024)
