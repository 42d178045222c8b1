#!/usr/bin/env python3
"""Makes zips that are as they should be, and zips that say two things at once.

zip-corpus.py FOLDER writes them there, the same bytes each time, and prints one line for each,
with tabs between: the file, what is wanted, and what is special about it. What is wanted:

    read     programs agree about it, and extract reads the same
    refused  extract refuses it with status 3
    either   extract refuses it, or reads what all programs read
"""

import bz2
import os
import struct
import sys
import zlib

from zip_maker import (BZIP2, DEFLATED, DESCRIBED, EVERYWHERE, HEADER, LZMA, MOMENT, STORED,
                       UNIX_FILE, UTF8, A, B, C, Member, compress, end64_records, end_record, field,
                       gzip, make, rows, sizes64, tar, three, unicode_name)


def cases():
    """Yields (name, what is wanted, bytes)."""
    yield from sane()
    yield from sane64()
    yield from one_sided()
    yield from two_sided()
    yield from names()
    yield from kinds()
    yield from extras()
    yield from descriptors()
    yield from places()
    yield from ends()
    yield from ends64()
    yield from contents()
    yield from bombs()
    yield from polyglots()


def sane():
    yield "plain", "read", make(three())
    yield "one member", "read", make([Member(A)])
    yield "stored", "read", make(three(method=STORED))
    yield "bzip2", "read", make(three(method=BZIP2, both=dict(version=46)))
    yield "an empty member's rows", "read", make(three(data=HEADER))
    yield "a folder", "read", make([Member(A), Member(
        b"d/", b"", STORED, central=dict(attributes=0o40755 << 16 | 0x10)), Member(b"d/b.csv")])
    yield "a folder, deflated, as of jar", "read", make([Member(A), Member(
        b"d/", b"", central=dict(attributes=0, made=20)), Member(b"d/b.csv")])
    yield "directory in another order", "read", make(three(), order=[2, 0, 1])
    yield "a comment", "read", make(three(), comment=b"exported on Monday")
    yield "a comment of its members", "read", make(three(central=dict(comment=b"second")))
    yield "zeros behind it", "read", make(three(), behind=bytes(10000))
    yield "other case", "read", make([Member(A), Member(b"A.CSV", rows(b"X")), Member(C)])
    yield "UTF-8 name", "read", make(three("ü.csv".encode(), flags=UTF8))
    yield "time stamps", "read", make(three(
        local=dict(extra=field(0x5455, b"\3" + bytes(8))),
        central=dict(extra=field(0x5455, b"\3" + bytes(4)))))
    yield "unknown extra fields", "read", make(three(both=dict(extra=field(0xCAFE, b"x" * 40))))
    yield "text attribute", "read", make(three(central=dict(kind=1)))
    yield "made by DOS", "read", make(three(central=dict(made=20, attributes=0x20)))
    yield "made by macOS", "read", make(three(central=dict(made=0x1314)))
    yield "another effort", "read", make(three(flags=0x0002))
    yield "sizes behind", "read", make(three(flags=DESCRIBED))
    yield "sizes behind, stored", "read", make(three(flags=DESCRIBED, method=STORED))
    yield "sizes behind, all", "read", make([Member(n, flags=DESCRIBED) for n in (A, B, C)])
    yield "sizes behind and before", "read", make(three(flags=DESCRIBED, local=dict(
        sum=zlib.crc32(rows(b"B")), packed=len(compress(rows(b"B"), 8)), unpacked=len(rows(b"B")))))
    yield "sizes behind, without a mark", "read", make(three(flags=DESCRIBED, descriptor="<III"))
    yield "sub-folders", "read", make([Member(b"x/y/z/a.csv"), Member(b"x/b.csv"), Member(C)])
    yield "dots", "read", make([Member(b"./a.csv"), Member(b"b..csv"), Member(b"c...csv")])
    yield "blanks and wild cards", "read", make([
        Member(b"a b.csv"), Member(b"[b]*?.csv"), Member(b"c'\"$.csv")])
    yield "mark of a zip of several parts", "read", make(three(), before=b"PK\7\10")
    yield "older mark of one", "read", make(three(), before=b"PK00")
    yield "a long name", "read", make(three(b"b" * 200 + b".csv"))
    yield "no members", "refused", make([])
    yield "text of a zip in it", "read", make(three(data=rows(b"B") + b"PK,PK\n"))


def sane64():
    data = rows(b"B")
    packed = compress(data, DEFLATED)
    large = dict(packed=EVERYWHERE, unpacked=EVERYWHERE, version=45)
    sizes = sizes64(data, packed)
    yield "zip64, header only", "read", make(three(
        local=large | dict(extra=sizes), central=dict(version=45)))
    yield "zip64, header and directory", "read", make(three(
        both=large | dict(extra=sizes), described=dict(packed=0)))
    yield "zip64, all numbers of the directory", "read", make(three(
        local=large | dict(extra=sizes),
        central=large | dict(offset=EVERYWHERE, extra=lambda at: field(
            1, struct.pack("<QQQ", len(data), len(packed), at)))))
    yield "zip64, offset only", "read", make(three(
        both=dict(version=45),
        central=dict(offset=EVERYWHERE, extra=lambda at: field(1, struct.pack("<Q", at)))))
    yield "zip64 end, not needed", "read", make(three(), end64={})
    yield "zip64 end, needed", "read", make(three(), end64={}, end=dict(
        here=0xFFFF, count=0xFFFF, size=EVERYWHERE, offset=EVERYWHERE))
    yield "zip64 end and a comment", "read", make(three(), end64={}, comment=b"both", end=dict(
        offset=EVERYWHERE))
    yield "zip64, streamed", "read", make(three(
        flags=DESCRIBED, descriptor="<4sIQQ", both=dict(version=45),
        local=dict(packed=EVERYWHERE, unpacked=EVERYWHERE, extra=field(1, bytes(16)))))
    yield "zip64, room kept in the header", "read", make(three(local=dict(extra=sizes)))


def one_sided():
    """Each number of a header changed, in one of the two places."""
    data = rows(b"B")
    packed = compress(data, DEFLATED)
    changes = dict(
        version=[10, 45, 47, 99], method=[STORED, 1, 9, BZIP2, LZMA, 99],
        moment=[MOMENT + 1, 0], sum=[0, 1, zlib.crc32(rows(b"X"))],
        packed=[0, 1, len(packed) - 1, len(packed) + 1, len(packed) + 40, 0x7FFFFFFF,
                EVERYWHERE],
        unpacked=[0, 1, len(data) - 1, len(data) + 1, 0x7FFFFFFF, EVERYWHERE],
        name=[b"x.csv", b"b.csw", b"bb.csv", b"b", b"B.CSV", b"a.csv", b""],
        mark=[b"PK\1\2", b"PK\3\5", b"PK\5\6", b"PK\7\10", bytes(4)],
        name_size=[0, 4, 6, 0xFFFF], extra_size=[1, 4, 0xFFFF])
    changes["flags"] = [1 << bit for bit in range(16)]
    for what, values in changes.items():
        for value in values:
            harmless = what == "version" and value <= 45 or what == "flags" and value in (2, 4)
            want = "read" if harmless else "refused"
            if what == "version" and value >= 47:
                want = "either"
            shown = value.decode("latin-1") if isinstance(value, bytes) else value
            if value == b"PK\1\2":
                yield "header has the mark of the directory", want, make(three(local={what: value}))
                yield "directory has the mark of a header", want, make(
                    three(central={what: b"PK\3\4"}))
                continue
            yield f"header has {what} {shown!r}", want, make(three(local={what: value}))
            yield f"directory has {what} {shown!r}", (
                "refused" if value == 99 or value == 47 else want), make(
                    three(central={what: value}))
    for what, values in dict(
            disk=[1, 0xFFFF], attributes=[0, EVERYWHERE, 0x10],
            made=[0, 0x0B14, 0x1E], kind=[1, 0xFFFF]).items():
        for value in values:
            yield f"directory has {what} {value:#x}", (
                "refused" if what == "disk" else "either"), make(three(central={what: value}))
    for what, offset in dict(
            zero=lambda at: 0, next=lambda at: at + 1, before=lambda at: at - 1,
            large=lambda at: 0x7FFFFFFF, elsewhere=lambda at: EVERYWHERE,
            negative=lambda at: 0xFFFFFFFE).items():
        yield f"directory has offset {what}", "refused", make(three(central=dict(offset=offset)))


def two_sided():
    """Both places agree, and it is not true."""
    data = rows(b"B")
    packed = compress(data, DEFLATED)
    for what, values in dict(
            method=[STORED, 1, 2, 3, 4, 5, 6, 7, 9, 10, BZIP2, LZMA, 93, 95, 97, 98, 99, 0xFFFF],
            sum=[0, 1], packed=[0, 1, len(packed) - 1, len(packed) + 1, len(packed) + 60],
            unpacked=[0, 1, len(data) - 1, len(data) + 1, len(data) * 2],
            version=[10, 45, 46, 47, 63, 99, 0xFF, 0x214, 0x314]).items():
        for value in values:
            want = "read" if what == "version" and value <= 46 else "refused"
            yield f"both have {what} {value}", want, make(three(both={what: value}))
    for bit in range(16):
        want = "read" if 1 << bit in (2, 4, UTF8) else "refused"
        if bit in (4, 7, 8, 9, 10, 12, 14, 15):
            want = "either"
        yield f"both have flag {1 << bit:#06x}", want, make(three(both=dict(flags=1 << bit)))
    yield "bytes behind the deflated ones", "refused", make(three(packed=packed + b"more"))
    yield "deflated twice as much", "refused", make(three(packed=packed * 2))
    yield "deflated, cut", "refused", make(three(packed=packed[:-3]))
    yield "stored, two sizes", "refused", make(three(
        data=data, packed=data + b"B999,active\n", method=STORED))
    yield "stored, of fewer bytes than said", "refused", make(three(
        method=STORED, both=dict(unpacked=len(data) - 11), packed=data))


def names():
    for name in (b"/b.csv", b"//b.csv", b"../b.csv", b"x/../b.csv", b"x/..", b"..", b"C:/b.csv",
                 b"c:b.csv", b"C:\\b.csv", b"x\\b.csv", b"\\b.csv", b"\\\\host\\b.csv", b"b\0.csv",
                 b"b.csv\0", b"b\n.csv", b"b\r.csv", b"b\t.csv", b"b\x1b[2J.csv", b"b\x7f.csv",
                 b"\x01", b"", b"x\\..\\b.csv"):
        yield f"name {name.decode('latin-1')!r}", "refused", make(three(name))
        yield f"name {name.decode('latin-1')!r}, made by DOS", "refused", make(
            three(name, central=dict(made=20, attributes=0)))
    for name in (b".", b"./", b"/", b"x/./b.csv", b"x//b.csv", b"b.csv/", b"./.", b"b.csv ", b"-",
                 b"-b.csv", b"@b.csv", b"b" * 4095, b"b" * 4096, b"b" * 5000, b"x/" * 3000 + b"b",
                 b"b" * 65535, b"nul", b"b.csv."):
        shown = name.decode() if len(name) < 20 else f"of {len(name)} bytes"
        yield f"name {shown!r}", "either", make(three(name))
    for flags in (0, UTF8):
        for made in (0x31E, 20, 0x0B14, 0x1314):
            for name in ("ü.csv".encode(), b"\x81.csv", b"b\xc0\xaf.csv", b"b\xed\xa0\x80.csv",
                         "ü.csv".encode("utf-16-le"), "u\u0308.csv".encode(),
                         "\u202evsc.b".encode()):
                yield f"name {name!r}, flags {flags:#x}, made {made:#x}", "either", make(
                    three(name, flags=flags, central=dict(made=made, attributes=0)))
    yield "UTF-8 in the directory only", "refused", make(
        three("ü.csv".encode(), central=dict(flags=UTF8)))
    yield "UTF-8 in the header only", "refused", make(
        three("ü.csv".encode(), local=dict(flags=UTF8)))
    yield "two of one name", "refused", make([Member(A), Member(A, rows(b"X")), Member(C)])
    yield "two of one name and content", "refused", make([Member(A), Member(A)])
    yield "two of one name, by dots", "refused", make(
        [Member(A), Member(b"./a.csv", rows(b"X")), Member(C)])
    yield "two of one name, by slashes", "refused", make(
        [Member(b"x/a.csv"), Member(b"x//a.csv", rows(b"Y"))])
    yield "a file and a folder of one name", "refused", make(
        [Member(A), Member(b"a.csv/", b"", STORED, central=dict(attributes=0)), Member(C)])
    yield "two of one name, composed or not", "refused", make(
        [Member("ü.csv".encode(), rows(b"X"), flags=UTF8),
         Member("u\u0308.csv".encode(), flags=UTF8)])


def kinds():
    for mode, what in ((0o120777, "a link"), (0o20666, "a character device"),
                       (0o60660, "a block device"), (0o10644, "a FIFO"), (0o140755, "a socket"),
                       (0o40755, "a folder by its mode"), (0o170000, "of no kind")):
        yield what, "refused" if mode == 0o40755 else "either", make(
            three(method=STORED, data=b"a.csv", central=dict(attributes=mode << 16)))
        yield f"{what}, by name a folder", "either", make(three(
            b"b/", data=b"", method=STORED, central=dict(attributes=mode << 16)))
    yield "a folder by DOS", "refused", make(three(central=dict(made=20, attributes=0x10)))
    yield "a folder by both", "either", make(three(central=dict(attributes=UNIX_FILE | 0x10)))
    yield "a volume label", "either", make(three(central=dict(made=20, attributes=0x08)))
    yield "a folder with content", "refused", make(three(b"b/", data=rows(b"B")))
    for made in range(0, 20):
        yield f"made by system {made}", "either", make(three(central=dict(made=made << 8 | 20)))
        yield f"made by system {made}, no attributes", "either", make(
            three(central=dict(made=made << 8 | 20, attributes=0)))


def extras():
    yield "another Unicode name", "refused", make(three(
        both=dict(extra=unicode_name(b"x.csv", B))))
    yield "another Unicode name, of the directory", "refused", make(three(
        central=dict(extra=unicode_name(b"x.csv", B))))
    yield "another Unicode name, of the header", "refused", make(three(
        local=dict(extra=unicode_name(b"x.csv", B))))
    yield "the same Unicode name", "read", make(three(both=dict(extra=unicode_name(B, B))))
    yield "a Unicode name with another sum", "refused", make(three(
        both=dict(extra=unicode_name(B, A))))
    yield "two Unicode names", "refused", make(three(
        both=dict(extra=unicode_name(B, B) + unicode_name(b"x.csv", B))))
    yield "a short Unicode name", "refused", make(three(both=dict(extra=field(0x7075, b"\1"))))
    name = "ü.csv".encode("cp437")
    yield "a name in a code page, and in Unicode", "refused", make(three(
        name, both=dict(extra=unicode_name("ü.csv".encode(), name))))
    for where in ("local", "central", "both"):
        for extra, what in ((b"x", "one byte"), (b"xx", "two bytes"), (bytes(3), "three zeros"),
                            (bytes(5), "five zeros"), (field(9, b"ab")[:-1], "cut"),
                            (field(9, b"ab") + b"\1\0\xff", "cut behind a good one"),
                            (b"\x55\x54\xff\xff", "too long")):
            yield f"extra field {what}, {where}", "refused", make(three(**{where: dict(
                extra=extra)}))
        for number in (0x0007, 0x0008, 0x000A, 0x000D, 0x0014, 0x0017, 0x2605, 0x5855, 0x6375,
                       0x6542, 0x6C78, 0x7855, 0x7875, 0x9901, 0xA11E, 0xCAFE, 0xD935, 0x756E):
            yield f"extra field {number:#06x}, {where}", "either", make(three(**{where: dict(
                extra=field(number, b"\1\0\0\0\0\0\0\0\0\0\0\0"))}))
    attributes = struct.pack("<BHHI", 7, 0x31E, 0, 0o120777 << 16)
    yield "attributes of a link in the header", "refused", make(three(
        local=dict(extra=field(0x6C78, attributes))))
    data = rows(b"B")
    packed = compress(data, DEFLATED)
    large = dict(packed=EVERYWHERE, unpacked=EVERYWHERE, version=45)
    good = dict(extra=sizes64(data, packed))
    wrong = dict(extra=field(1, struct.pack("<QQ", len(data) + 1, len(packed))))
    yield "zip64 sizes differ", "refused", make(three(local=large | wrong, central=large | good))
    yield "zip64 sizes differ in the directory", "refused", make(three(
        local=large | good, central=large | wrong))
    yield "zip64 sizes, the other order", "refused", make(three(both=large | dict(
        extra=field(1, struct.pack("<QQ", len(packed), len(data))))))
    yield "zip64 without its field", "refused", make(three(both=large))
    yield "zip64 in the directory without its field", "refused", make(three(central=large))
    yield "zip64 field that contradicts", "refused", make(three(both=wrong))
    yield "zip64 field that contradicts, directory", "refused", make(three(central=wrong))
    yield "zip64 field that contradicts, header", "refused", make(three(local=wrong))
    yield "two zip64 fields", "refused", make(three(
        both=large | dict(extra=good["extra"] + wrong["extra"])))
    yield "two equal zip64 fields", "refused", make(three(both=large | dict(
        extra=good["extra"] * 2)))
    for length in (0, 4, 7, 8, 12, 15, 17, 20, 24, 28, 32):
        content = (struct.pack("<QQ", len(data), len(packed)) + bytes(16))[:length]
        yield f"zip64 field of {length} bytes", "refused", make(three(
            both=large | dict(extra=field(1, content))))
        yield f"zip64 field of {length} bytes, not needed", "either", make(three(
            both=dict(extra=field(1, content))))
    yield "zip64 for one of the sizes", "either", make(three(both=dict(
        unpacked=EVERYWHERE, version=45, extra=field(1, struct.pack("<Q", len(data))))))
    yield "zip64 for one size, with both", "refused", make(three(both=dict(
        packed=EVERYWHERE, version=45, extra=good["extra"])))
    for value in (0, 1, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1):
        huge = field(1, struct.pack("<QQ", value, value))
        yield f"zip64 sizes {value:#x}", "refused", make(three(both=large | dict(extra=huge)))
        yield f"zip64 offset {value:#x}", "refused", make(three(central=dict(
            offset=EVERYWHERE, extra=field(1, struct.pack("<Q", value)))))


def descriptors():
    form = dict(flags=DESCRIBED)
    for where in ("local", "described", "central"):
        for what in ("sum", "packed", "unpacked"):
            yield f"sizes behind, another {what}, {where}", "refused", make(
                three(**form, **{where: {what: 7}}))
    for what, forms in {"large": "<4sIQQ", "large, without a mark": "<IQQ"}.items():
        yield f"sizes behind, {what}", "either", make(three(**form, descriptor=forms))
        yield f"sizes behind, {what}, differ", "refused", make(
            three(**form, descriptor=forms, described=dict(unpacked=7)))
    yield "sizes behind, missing", "refused", make(three(**form, descriptor=""))
    yield "sizes behind, another mark", "refused", make(
        three(**form, described=dict(mark=b"PK\7\7")))
    yield "sizes behind, twice", "refused", make(three(
        **form, behind=Member(B, flags=DESCRIBED).descriptor_bytes()))
    yield "sizes behind, and a byte", "refused", make(three(**form, behind=b"\0"))
    yield "sizes behind, not announced", "refused", make(three(descriptor="<4sIII"))
    yield "sizes behind, header does not say so", "refused", make(
        three(**form, local=dict(flags=0)))
    yield "sizes behind, directory does not say so", "refused", make(
        three(**form, central=dict(flags=0)))
    data = rows(b"B") + b"PK\7\10" + bytes(12) + b"PK\3\4" + bytes(26)
    yield "sizes behind, stored, their like inside", "either", make(
        three(**form, method=STORED, data=data))


def places():
    hidden = Member(b"h.csv", rows(b"H"))
    whole = hidden.local_header() + hidden.packed
    for junk, what in ((b"\0", "a zero"), (bytes(512), "zeros"), (b"junk", "junk"),
                       (whole, "a member")):
        yield f"{what} before it", "refused", make(three(), before=junk)
        yield f"{what} before it, not counted", "refused", make(
            three(), before=junk, base=len(junk))
        yield f"{what} between its members", "refused", make(three(before=junk))
        yield f"{what} before the directory", "refused", make(three(), gap=junk)
        yield f"{what} behind the directory", "refused", make(three(), between=junk)
        yield f"{what} behind the directory, counted", "refused", make(
            three(), between=junk, end=dict(size=3 * 51 + len(junk)))
        if what not in ("a zero", "zeros"):
            yield f"{what} behind it", "refused", make(three(), behind=junk)
        yield f"{what} behind a mark of parts", "refused", make(three(), before=b"PK\7\10" + junk)
    yield "more zeros behind it than a block", "refused", make(three(), behind=bytes(10240))
    yield "zeros and a byte behind it", "refused", make(three(), behind=bytes(100) + b"\1")
    yield "a member that is not listed", "refused", make(
        [Member(A), Member(B, listed=False), Member(C)])
    yield "the first is not listed", "refused", make([Member(A, listed=False), Member(B)])
    yield "the last is not listed", "refused", make([Member(A), Member(B, listed=False)])
    yield "none is listed", "refused", make([Member(A, listed=False)])
    yield "a member that is only listed", "refused", make(
        [Member(A), Member(B, written=False, central=dict(offset=0)), Member(C)])
    yield "a member listed twice", "refused", make(three(), order=[0, 1, 1, 2])
    yield "two names for one member", "refused", make([Member(A), Member(
        B, data=rows(b"A"), written=False, central=dict(offset=0))])
    yield "a signature of the directory", "refused", make(
        three(), between=b"PK\5\5" + struct.pack("<H", 4) + b"sign")
    yield "archive extra data", "refused", make(
        three(), gap=b"PK\6\10" + struct.pack("<I", 4) + b"data")
    inner = make([Member(b"in.csv", method=STORED)])
    yield "a zip in it, stored", "refused", make([Member(b"in.zip", inner, STORED)])
    yield "overlap by a byte", "refused", make(three(
        central=dict(packed=len(compress(rows(b"B"), 8)) + 1),
        local=dict(packed=len(compress(rows(b"B"), 8)) + 1)))
    yield "a member in a stored one", "refused", make([
        Member(A, whole, STORED), Member(b"h.csv", rows(b"H"), written=False,
                                         central=dict(offset=35))])
    yield "first member cut off", "refused", make(three())[40:]


def ends():
    good = make(three())
    for what, values in dict(
            disk=[1, 0xFFFF], start=[1, 0xFFFF], here=[0, 2, 4, 0xFFFF], count=[0, 2, 4, 0xFFFF],
            size=[0, 1, 152, 154, EVERYWHERE], offset=[0, 1, 0x7FFFFFFF, EVERYWHERE],
            length=[1, 100, 0xFFFF], mark=[b"PK\5\7", bytes(4)]).items():
        for value in values:
            yield f"end has {what} {value!r}", "refused", make(three(), end={what: value})
    for count in (0, 1, 2, 4, 5, 0xFFFE, 0xFFFF):
        yield f"end has {count} members, twice", "refused", make(
            three(), end=dict(here=count, count=count))
    yield "no end", "refused", good[:-22]
    yield "two ends", "refused", good + good[-22:]
    yield "an end in the comment", "refused", make(three(), comment=b"..." + end_record(0, 0, 0))
    yield "an end in the comment, not at its end", "refused", make(
        three(), comment=end_record(0, 0, 0) + b"...")
    other = make([Member(b"x.csv", rows(b"X"))])
    yield "a zip in the comment", "refused", make(three(), comment=other)
    yield "a mark of an end in the comment", "refused", make(three(), comment=b"PK\5\6")
    yield "a mark of an end in a member's comment", "refused", make(
        three(central=dict(comment=b"PK\5\6" + bytes(30))))
    yield "a mark of an end in an extra field", "refused", make(
        three(central=dict(extra=field(0xCAFE, b"PK\5\6" + bytes(30)))))
    # The end that is found first from behind lists what is in a comment of the directory.
    fake = other[:-22]
    yield "two directories", "refused", make(three(), comment=fake + end_record(
        1, 51, len(good) + len(other) - 22 - 51))
    yield "two zips, one behind the other", "refused", good + other
    yield "two zips, offsets counted on", "refused", good + make(
        [Member(b"x.csv", rows(b"X"))], base=-len(good))
    yield "a long comment", "read", make(three(), comment=b"c" * 16000)
    yield "a comment of 64 KiB", "either", make(three(), comment=b"c" * 65535)
    yield "a comment of zeros", "read", make(three(), comment=bytes(40))
    yield "a comment longer than it says", "refused", make(
        three(), comment=b"comment", end=dict(length=3))
    yield "a comment longer than it says, zeros", "either", make(
        three(), comment=b"comm" + bytes(3), end=dict(length=4))
    for size in range(1, 22):
        yield f"cut by {size}", "refused", good[:-size]


def ends64():
    markers = dict(here=0xFFFF, count=0xFFFF, size=EVERYWHERE, offset=EVERYWHERE)
    for needed in ({}, markers):
        for what, values in dict(
                mark=[b"PK\6\5"], length=[0, 43, 45, 1 << 40], disk=[1], start=[1],
                here=[0, 2, 4], count=[0, 2, 4, 1 << 40], size=[0, 152, 154, 1 << 63],
                offset=[0, 1, 1 << 40, (1 << 64) - 1], locator=[b"PK\6\6"], at_disk=[1],
                at=[0, 1, 1 << 40, (1 << 64) - 1], disks=[0, 2], more=[b"x" * 8]).items():
            for value in values:
                yield (f"zip64 end{', needed' if needed else ''}, has {what} {value!r}", "refused",
                       make(three(), end64={what: value}, end=needed))
        yield f"zip64 end{', needed' if needed else ''}, other versions", "read", make(
            three(), end64=dict(made=0x31E, version=45), end=needed)
        yield f"zip64 end{', needed' if needed else ''}, longer", "refused", make(
            three(), end64=dict(more=b"x" * 8, length=52), end=needed)
    for what, value in dict(count=2, here=2, size=152, offset=1).items():
        yield f"zip64 end and another {what}", "refused", make(three(), end64={}, end={what: value})
    yield "zip64 end, and all of it elsewhere", "either", make(
        three(), end64={}, end=markers | dict(disk=0xFFFF, start=0xFFFF))
    yield "markers without a zip64 end", "refused", make(three(), end=markers)
    other = make([Member(b"x.csv", rows(b"X"))])
    yield "zip64 end that leads to another directory", "refused", (
        lambda zip_: zip_[:-22] + end64_records(len(zip_) - 22, 1, 51, other_at(other)) +
        zip_[-22:])(other[:-22] + make(three(), base=-len(other) + 22))
    records = end64_records(0, 3, 153, 0)
    yield "locator without the record", "refused", make(three(), between=records[-20:])
    yield "record without the locator", "refused", make(three(), between=records[:-20])
    yield "two zip64 ends", "refused", make(three(), between=records, end64={})
    yield "zip64 end behind junk", "refused", make(three(), between=b"junk", end64={})


def other_at(zip_):
    return struct.unpack("<I", zip_[-6:-2])[0]


def contents():
    yield "encrypted by its flag", "refused", make(three(flags=1))
    yield "encrypted, in the directory only", "refused", make(three(central=dict(flags=1)))
    yield "encrypted, in the header only", "refused", make(three(local=dict(flags=1)))
    yield "strong encryption", "refused", make(three(flags=0x41))
    yield "masked headers", "refused", make(three(flags=0x2041, local=dict(
        sum=0, packed=0, unpacked=0)))
    yield "AES", "refused", make(three(flags=1, both=dict(
        method=99, extra=field(0x9901, b"\2\0AE\3\x08\0"))))
    yield "AES without the flag", "refused", make(three(both=dict(
        method=99, extra=field(0x9901, b"\2\0AE\3\x08\0"))))
    data = rows(b"B")
    stored_block = b"\1" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data
    yield "deflated, not compressed", "read", make(three(packed=stored_block))
    yield "deflated, an empty block first", "read", make(
        three(packed=b"\0\0\0\xff\xff" + stored_block))
    yield "deflated, wrong block", "refused", make(three(packed=b"\7" + stored_block[1:]))
    yield "deflated, no last block", "refused", make(three(packed=b"\0" + stored_block[1:]))
    yield "stored that says deflated", "refused", make(three(packed=data))
    yield "deflated that says stored", "refused", make(three(
        packed=compress(data, DEFLATED), both=dict(method=STORED)))
    yield "bzip2, two streams", "either", make(three(
        method=BZIP2, packed=bz2.compress(data[:20]) + bz2.compress(data[20:])))
    yield "bzip2, and more", "refused", make(three(
        method=BZIP2, packed=bz2.compress(data) + b"more"))
    yield "another sum", "refused", make(three(both=dict(sum=5)))


def bombs():
    kernel = compress(bytes(1 << 20), DEFLATED)
    member = Member(b"0", bytes(1 << 20), packed=kernel)
    more = [Member(b"%d" % i, bytes(1 << 20), packed=kernel, written=False,
                   central=dict(offset=0)) for i in range(1, 200)]
    yield "all members at one place", "refused", make([member] + more)
    # Each member's bytes begin with a stored block that holds the header of the next one.
    out = b""
    listed = []
    data, packed = bytes(1 << 16), compress(bytes(1 << 16), DEFLATED)
    for i in reversed(range(100)):
        if out:
            head = out[:30 + 3]
            packed = b"\0" + struct.pack("<HH", len(head), len(head) ^ 0xFFFF) + head + packed
            data = head + data
        member = Member(b"%03d" % i, data, packed=packed)
        out = member.local_header() + packed
        listed.insert(0, (member, len(out)))
    total = len(out)
    directory = b"".join(m.central_header(total - size) for m, size in listed)
    yield "members that quote each other's headers", "refused", (
        out + directory + end_record(100, len(directory), total))
    inner = make([Member(b"0.csv", HEADER + b"\n" * (1 << 20))])
    for _ in range(3):
        inner = make([Member(b"%d.zip" % i, inner) for i in range(8)])
    yield "zips in zips in zips", "refused", inner


def polyglots():
    good = make(three())
    text = rows(b"T", 50)
    yield "behind a text", "refused", text + good
    yield "behind a text, offsets counted on", "refused", text + make(three(), base=-len(text))
    yield "behind a text, and more text", "refused", text + good + b"\nT999,active\n"
    yield "in front of a text", "refused", good + text
    yield "behind a program", "refused", b"#!/bin/sh\nexit 0\n" + good
    yield "behind an executable", "refused", b"MZ" + bytes(200) + good
    yield "behind a gzip file", "refused", gzip(text) + good
    yield "behind a bzip2 file", "refused", bz2.compress(text) + good
    yield "behind a tar", "refused", tar(b"t.csv", text) + good
    yield "behind a tar, offsets counted on", "refused", tar(b"t.csv", text) + make(
        three(), base=-len(tar(b"t.csv", text)))
    yield "as the name of a tar's first member", "refused", tar(b"PK\3\4", text)
    yield "headers without a directory", "refused", good[:good.index(b"PK\1\2")]
    yield "a directory without headers", "refused", good[good.index(b"PK\1\2"):]
    yield "an end alone, with members", "refused", good[-22:]


def main():
    folder = sys.argv[1]
    for i, (what, want, data) in enumerate(cases()):
        file = f"{i:04d}.zip"
        with open(os.path.join(folder, file), "wb") as out:
            out.write(data)
        shown = "".join(c if c.isprintable() else "?" for c in what)
        print(file, want, shown, sep="\t")


if __name__ == "__main__":
    main()
