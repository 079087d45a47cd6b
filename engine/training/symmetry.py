"""Drawings may be turned and mirrored, and so may their latents: eight pictures for the price of one.

The encoder is laid by hand (colour_start.py): three latents are mean colours, which only change
their places; the others are differences of brightness from left to right, from top to bottom and
across, which change their signs or each other's places as well.
"""

import torch

ACROSS, DOWN, DIAGONAL = 3, 4, 5


def mirrored(latents):
    """What the encoder gives for the pictures with left and right exchanged: [N, 6, h, w]."""
    return latents.flip(3) * _signs(latents, ACROSS, DIAGONAL)


def transposed(latents):
    """What the encoder gives for the pictures with rows and columns exchanged."""
    return latents.transpose(2, 3)[:, [0, 1, 2, DOWN, ACROSS, DIAGONAL]]


def flipped(latents):
    """What the encoder gives for the pictures with top and bottom exchanged."""
    return latents.flip(2) * _signs(latents, DOWN, DIAGONAL)


def turned(latents, which):
    """One of the eight symmetries of the square, by its number from 0 to 7."""
    for bit, change in enumerate((mirrored, flipped, transposed)):
        latents = change(latents) if which >> bit & 1 else latents
    return latents


def _signs(latents, *negative):
    signs = torch.ones(1, latents.shape[1], 1, 1, device=latents.device)
    signs[:, list(negative)] = -1
    return signs
