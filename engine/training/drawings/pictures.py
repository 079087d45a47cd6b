"""Scenes to pixels: structures laid over a background, then blur, then grain."""

import torch
import torch.nn.functional as F

from . import shapes
from .scenes import COLOURS, KINDS
from .shapes import SIZE, discs, scatter, solid, union

EOSIN, HAEMATOXYLIN, LUMEN = (0.93, 0.62, 0.76), (0.36, 0.20, 0.56), (0.97, 0.95, 0.97)
BLUR = 2.2


def draw(scene, rng):
    """The picture of a scene as uint8 [3, size, size]."""
    if scene.layers[0].kind == "tissue":
        picture = tissue(rng, scene.layers[0].count)
        picture = blur(picture, BLUR) if scene.blurred else picture
    else:
        picture = background(scene, rng)
        for layer in sorted(scene.layers, key=lambda layer: KINDS.index(layer.kind)):
            opacity = getattr(shapes, layer.kind)(rng, layer.count)
            opacity = defocus(opacity) if scene.blurred else opacity
            picture = lay(picture, opacity, COLOURS[layer.colour][scene.background == "light"])
    if scene.noisy:
        grain = 0.05 * rng.normal(1, SIZE, SIZE) + 0.08 * resize(rng.normal(1, SIZE // 2, SIZE // 2))
        picture = picture + grain
    return (picture.clamp(0, 1) * 255).round().to(torch.uint8)


def background(scene, rng):
    """An even grey with a slow change of brightness across the field."""
    slow = resize(rng.uniform(-1, 1, 1, 3, 3))
    level = rng.number(0.03, 0.07) + 0.02 * slow if scene.background == "dark" else rng.number(0.93, 0.96) + 0.03 * slow
    return level.expand(3, SIZE, SIZE)


def lay(picture, opacity, colour):
    return picture + opacity * (torch.tensor(colour)[:, None, None] - picture)


def resize(channels):
    return F.interpolate(channels[None], size=(SIZE, SIZE), mode="bilinear", align_corners=False)[0]


def blur(channels, sigma):
    taps = torch.arange(-6, 7, dtype=torch.float32)
    kernel = torch.exp(-0.5 * (taps / sigma) ** 2)
    kernel = (kernel / kernel.sum()).expand(len(channels), 1, 13)
    padded = F.pad(channels[None], (6, 6, 6, 6), mode="replicate")
    across = F.conv2d(padded, kernel[:, :, None], groups=len(channels))
    return F.conv2d(across, kernel[..., None], groups=len(channels))[0]


def defocus(opacity):
    """Blurred, but as strong as before, so that thin structures keep their colour."""
    soft = blur(opacity[None], BLUR)[0]
    return (soft / soft.max().clamp_min(0.05)).clamp(0, 1) ** 0.8


def tissue(rng, count):
    """A section stained with haematoxylin and eosin: pink fibres, purple nuclei, white glands."""
    fibres = resize(rng.uniform(-1, 1, 1, 24, 6))
    picture = torch.tensor(EOSIN)[:, None, None] + 0.08 * fibres
    scattered = scatter(rng, 45, 14, 3)
    picture = lay(picture, union(solid(discs(scattered, rng.uniform(1.8, 2.6, 45)))), HAEMATOXYLIN)
    number, lumen = (rng.integer(1, 2), rng.number(18, 22)) if count == "few" else (rng.integer(10, 13), rng.number(5.5, 7))
    at = scatter(rng, number, 2.2 * lumen + 13, lumen)
    picture = lay(picture, union(solid(discs(at, lumen + 6))), (0.88, 0.50, 0.70))
    cells = round(2 * 3.1416 * (lumen + 3) / 6.5)
    turn = torch.arange(cells) * 6.2832 / cells + rng.uniform(0, 6.3, number, 1)
    rim = at[:, None] + (lumen + 3.2) * torch.stack([turn.cos(), turn.sin()], -1)
    picture = lay(picture, union(solid(discs(rim.reshape(-1, 2), 2.3))), HAEMATOXYLIN)
    return lay(picture, union(solid(discs(at, lumen))), LUMEN)
