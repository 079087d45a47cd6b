"""PNG files without a picture library: 8-bit RGB, and contact sheets of them."""

import os
import struct
import zlib

import torch


def to_bytes(decoded):
    """What a decoder gives, around -1 to 1, as uint8 pictures."""
    return ((decoded.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)


def from_bytes(pictures):
    """uint8 pictures as an encoder takes them, from -1 to 1."""
    return pictures.float() / 127.5 - 1


def write_png(picture, path):
    """Writes a uint8 tensor [3, height, width]."""
    _, height, width = picture.shape
    rows = picture.permute(1, 2, 0).reshape(height, width * 3)
    raw = torch.cat([torch.zeros(height, 1, dtype=torch.uint8), rows], 1).contiguous().numpy().tobytes()
    chunk = lambda tag, data: struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path + ".part", "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 6)) + chunk(b"IEND", b""))
    os.replace(path + ".part", path)


def read_png(path):
    """Reads an 8-bit RGB or RGBA file without interlacing, as uint8 [3, height, width]."""
    with open(path, "rb") as file:
        data = file.read()
    width, height, depth, kind, _, _, interlace = struct.unpack(">IIBBBBB", data[16:29])
    if depth != 8 or kind not in (2, 6) or interlace:
        raise ValueError(f"{path}: expected 8-bit RGB or RGBA, found depth {depth}, colour type {kind}")
    at, packed = 8, b""
    while at < len(data):
        length, tag = struct.unpack(">I4s", data[at : at + 8])
        if tag == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += 12 + length
    channels = 3 if kind == 2 else 4
    rows = _unfilter(zlib.decompress(packed), height, width * channels, channels)
    return torch.frombuffer(rows, dtype=torch.uint8).reshape(height, width, channels).permute(2, 0, 1)[:3].clone()


def _unfilter(raw, height, stride, step):
    rows, above = bytearray(), bytearray(stride)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for i in range(stride if kind else 0):
            left, up = line[i - step] if i >= step else 0, above[i]
            corner = above[i - step] if i >= step else 0
            line[i] = line[i] + (left, up, (left + up) // 2, _paeth(left, up, corner))[kind - 1] & 255
        rows += line
        above = line
    return rows


def _paeth(left, up, corner):
    distances = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    return (left, up, corner)[distances.index(min(distances))]


def contact_sheet(pictures, columns, gap=2):
    """Pictures side by side in rows, in one uint8 picture."""
    height, width = pictures[0].shape[1:]
    rows = -(-len(pictures) // columns)
    sheet = torch.full((3, rows * (height + gap), columns * (width + gap)), 128, dtype=torch.uint8)
    for i, picture in enumerate(pictures):
        top, left = i // columns * (height + gap), i % columns * (width + gap)
        sheet[:, top : top + height, left : left + width] = picture
    return sheet
