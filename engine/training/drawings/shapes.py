"""The structures as opacity maps: functions of random numbers and a count, [size, size] in 0..1.

Shapes are written as signed distances in pixels (negative inside), for all objects of a
picture at once, and turned into opacity with an edge one pixel soft. Lengths are for 128 pixels.
"""

import math

import torch

SIZE = 128
Y, X = torch.meshgrid(torch.arange(SIZE) + 0.5, torch.arange(SIZE) + 0.5, indexing="ij")


def solid(distance):
    return (0.5 - distance).clamp(0, 1)


def union(opacities):
    return opacities.amax(0)


def scatter(rng, number, spacing, margin=6):
    """Positions pushed apart until most pairs are at least `spacing` away from each other."""
    at = rng.uniform(margin, SIZE - margin, number, 2)
    for _ in range(15):
        gap = at[:, None] - at[None]
        distance = gap.norm(dim=-1) + torch.eye(number) * 1e3
        push = (spacing - distance).clamp_min(0)[..., None] * gap / distance[..., None].clamp_min(1e-3)
        at = (at + 0.45 * push.sum(1)).clamp(margin, SIZE - margin)
    return at


def local(at, angle):
    """Coordinates along and across each object's own direction, [objects, size, size]."""
    dx, dy = X - at[:, :1, None], Y - at[:, 1:, None]
    cos, sin = angle.cos()[:, None, None], angle.sin()[:, None, None]
    return dx * cos + dy * sin, dy * cos - dx * sin


def discs(at, radius):
    """Distance to discs; radius is a number or one value an object."""
    radius = torch.as_tensor(radius).reshape(-1, 1, 1)
    return ((X - at[:, :1, None]) ** 2 + (Y - at[:, 1:, None]) ** 2).sqrt() - radius


def capsules(start, end, radius):
    """Distance to thick segments with round ends."""
    along = end - start
    dx, dy = X - start[:, :1, None], Y - start[:, 1:, None]
    ax, ay = along[:, :1, None], along[:, 1:, None]
    t = ((dx * ax + dy * ay) / (ax**2 + ay**2).clamp_min(1e-6)).clamp(0, 1)
    return ((dx - t * ax) ** 2 + (dy - t * ay) ** 2).sqrt() - torch.as_tensor(radius).reshape(-1, 1, 1)


def nuclei(rng, count):
    """Filled ellipses with two or three dark nucleoli."""
    number = rng.integer(2, 4) if count == "few" else rng.integer(15, 19)
    size = rng.number(11, 13.5) if count == "few" else rng.number(8, 9.5)
    at = scatter(rng, number, 2.2 * size, size)
    angle = rng.uniform(0, math.pi, number)
    along, across = local(at, angle)
    stretch = rng.uniform(0.72, 0.95, number)[:, None, None]
    body = solid(((along**2 + (across / stretch) ** 2).sqrt() - size) * stretch)
    spots = torch.zeros(SIZE, SIZE)
    for _ in range(3):
        inside = at + rng.uniform(-0.42, 0.42, number, 2) * size
        spots = torch.maximum(spots, union(solid(discs(inside, 0.17 * size + 0.4))))
    return union(body) * (1 - 0.6 * spots)


def yeast(rng, count):
    """Round mother cells with a smaller bud, a bright wall around a paler inside."""
    number = rng.integer(2, 4) if count == "few" else rng.integer(13, 17)
    size = rng.number(8.5, 10) if count == "few" else rng.number(6, 7)
    at = scatter(rng, number, 3.2 * size, size)
    angle = rng.uniform(0, 2 * math.pi, number)
    bud = rng.uniform(0.5, 0.65, number) * size
    reach = (size + 0.8 * bud)[:, None]
    distance = torch.minimum(discs(at, size), discs(at + reach * torch.stack([angle.cos(), angle.sin()], 1), bud))
    wall = solid(-distance - 1.8)
    return union(solid(distance) * (0.6 + 0.4 * wall))


def beads(rng, count):
    """Rings, all of one size."""
    number = rng.integer(3, 4) if count == "few" else rng.integer(18, 24)
    size = rng.number(6.5, 8) if count == "few" else rng.number(5, 6)
    return union(solid(discs(scatter(rng, number, 2.7 * size, size), size).abs() - 1.2))


def bacteria(rng, count):
    """Short solid rods."""
    number = rng.integer(2, 4) if count == "few" else rng.integer(18, 25)
    half = rng.uniform(5.5, 8, number)[:, None]
    at, angle = scatter(rng, number, 18, 8), rng.uniform(0, math.pi, number)
    along = half * torch.stack([angle.cos(), angle.sin()], 1)
    return union(solid(capsules(at - along, at + along, rng.number(3, 3.6))))


def membranes(rng, count):
    """Cell outlines: the borders of a Voronoi diagram."""
    number, spacing = (rng.integer(5, 7), 48) if count == "few" else (rng.integer(28, 34), 23)
    at = scatter(rng, number, spacing, 0)
    near = discs(at, 0.0).topk(2, dim=0, largest=False)
    apart = (at[near.indices[0]] - at[near.indices[1]]).norm(dim=-1)
    return solid((near.values[1] ** 2 - near.values[0] ** 2) / (2 * apart.clamp_min(1)) - 1.3)


def neurons(rng, count):
    """A cell body with processes that fork once."""
    number = rng.integer(2, 3) if count == "few" else rng.integer(10, 12)
    body, reach, arms = (6.5, 30, 5) if count == "few" else (3.8, 14, 4)
    at = scatter(rng, number, 60 if count == "few" else 30, 10)
    turn = 2 * math.pi * torch.arange(arms) / arms + rng.uniform(0, 6.3, number, 1)
    turn = (turn + rng.uniform(-0.35, 0.35, number, arms)).reshape(-1)
    step = lambda angle, length: length[:, None] * torch.stack([angle.cos(), angle.sin()], 1)
    start = at.repeat_interleave(arms, 0)
    fork = start + step(turn, rng.uniform(0.5, 0.65, len(turn)) * reach)
    tips = [fork + step(turn + side * rng.uniform(0.3, 0.7, len(turn)), rng.uniform(0.3, 0.5, len(turn)) * reach)
            for side in (-1, 1)]
    thin = 1.3 if count == "few" else 0.9
    lines = [capsules(start, fork, thin), *(capsules(fork, tip, 0.8 * thin) for tip in tips)]
    return union(solid(torch.cat([discs(at, body), *lines])))


def filaments(rng, count):
    """Long wavy lines from edge to edge."""
    number = rng.integer(2, 4) if count == "few" else rng.integer(14, 18)
    at = rng.uniform(10, SIZE - 10, number, 2)
    along, across = local(at, rng.uniform(0, math.pi, number))
    wave, height = rng.uniform(0.025, 0.06, number)[:, None, None], rng.uniform(3, 8, number)[:, None, None]
    phase = along * wave + rng.uniform(0, 6.3, number)[:, None, None]
    distance = (across - height * phase.sin()) / (1 + (height * wave * phase.cos()) ** 2).sqrt()
    return union(solid(distance.abs() - 1.0))


def puncta(rng, count):
    """Small round spots."""
    number = rng.integer(4, 6) if count == "few" else rng.integer(50, 70)
    return union(solid(discs(scatter(rng, number, 11, 4), rng.uniform(2.2, 2.9, number))))
