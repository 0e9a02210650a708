# Makes gzip.json: gzip files (RFC 1952) of every kind of block and header, written by zlib, as hexadecimal digits, with
# the recipe of what they hold. Run: python3 tests/golden/make_gzip.py > tests/golden/gzip.json
# SPDX-License-Identifier: MIT
import gzip
import json
import struct
import zlib


def noise(seed, count, kinds):
    """Bytes of a linear congruential generator (ANSI C's): tests/io/gzip_test.cpp makes the same."""
    out = bytearray()
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2**31
        out.append((seed >> 16) % kinds)
    return bytes(out)


def member(data, level=9, strategy=zlib.Z_DEFAULT_STRATEGY, flags=0, extra=b'', name=b'', comment=b''):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    header = bytes([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255])
    if flags & 4:
        header += struct.pack('<H', len(extra)) + extra
    if flags & 8:
        header += name + b'\0'
    if flags & 16:
        header += comment + b'\0'
    if flags & 2:
        header += struct.pack('<H', zlib.crc32(header) & 0xffff)
    body = packer.compress(data) + packer.flush()
    return header + body + struct.pack('<II', zlib.crc32(data), len(data) % 2**32)


# The files hold these parts, each [seed, count, kinds] of noise.
text = [[1, 700, 7]]
far = [[2, 300, 256], [0, 32206, 1], [2, 300, 256]]  # 32506 bytes back: zlib goes no farther
long = [[3, 400, 3], [0, 400000, 1], [3, 400, 3], [4, 200, 256]]
# The member without contents that ends files of bgzip (SAM/BAM specification, section 4.1.2).
end_of_bgzf = bytes.fromhex('1f8b08040000000000ff0600424302001b0003000000000000000000')


def contents(parts):
    return b''.join(noise(*part) for part in parts)


cases = []


def case(name, file, parts):
    assert gzip.decompress(file) == contents(parts), name
    cases.append({'name': name, 'file': file.hex(), 'parts': parts})


data = contents(text)
case('dynamic codes', member(data), text)
case('fixed codes', member(data, strategy=zlib.Z_FIXED), text)
case('stored', member(data, level=0), text)
case('one symbol only', member(contents([[0, 300, 1]]), strategy=zlib.Z_HUFFMAN_ONLY), [[0, 300, 1]])
case('run lengths', member(data, strategy=zlib.Z_RLE), text)
case('nothing', member(b''), [])
case('a far reference', member(contents(far)), far)
case('longer than the window', member(contents(long)), long)
case('every header field', member(data, flags=31, extra=b'\x01\x02\x02\x00ab', name=b'train-images', comment=b'mine'), text)
case('two members', member(data[:300]) + member(data[300:]), text)
case('many members', b''.join(member(data[i:i + 10]) for i in range(0, len(data), 10)), text)
case('an empty last member', member(data) + member(b''), text)
case('blocks of bgzip and its end', member(data[:500], flags=4, extra=b'BC\x02\x00\x00\x01') + member(data[500:]) + end_of_bgzf, text)
case('zeros behind', member(data) + bytes(512), text)
case('zeros between members', member(data[:300]) + bytes(7) + member(data[300:]), text)
twice = member(member(data))
assert gzip.decompress(gzip.decompress(twice)) == data
cases.append({'name': 'packed twice', 'file': twice.hex(), 'parts': text})
print('{"cases": [\n' + ',\n'.join(json.dumps(c) for c in cases) + '\n]}')
