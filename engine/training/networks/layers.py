"""Layers that the UNet and the autoencoder share."""

import torch
import torch.nn.functional as F
from torch import nn


class GroupNorm(nn.GroupNorm):
    """Group normalisation in float32 whatever the precision around it.

    For accuracy, and as PyTorch's CPU kernel for float32 is many times faster than any
    other way to write it.
    """

    def __init__(self, groups, channels, eps):
        super().__init__(groups, channels, eps)

    def forward(self, x):
        return super().forward(x.float()).to(x.dtype)


class LayerNorm(nn.LayerNorm):
    """Layer normalisation in float32 whatever the precision around it."""

    def forward(self, x):
        return super().forward(x.float()).to(x.dtype)


class ResnetBlock2D(nn.Module):
    """Two normalised 3×3 convolutions beside a shortcut; the timestep enters between them."""

    def __init__(self, channels, out_channels, groups, eps, time_channels=None):
        super().__init__()
        self.norm1 = GroupNorm(groups, channels, eps)
        self.conv1 = nn.Conv2d(channels, out_channels, 3, padding=1)
        if time_channels:
            self.time_emb_proj = nn.Linear(time_channels, out_channels)
        self.norm2 = GroupNorm(groups, out_channels, eps)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.conv_shortcut = nn.Conv2d(channels, out_channels, 1) if channels != out_channels else None
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x, time=None):
        h = self.conv1(F.silu(self.norm1(x)))
        if time is not None:
            h = h + self.time_emb_proj(F.silu(time))[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return (x if self.conv_shortcut is None else self.conv_shortcut(x)) + h


class Upsample2D(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Downsample2D(nn.Module):
    """Stride two; the autoencoder's pads below and to the right only (padding 0)."""

    def __init__(self, channels, padding):
        super().__init__()
        self.padding = padding
        self.conv = nn.Conv2d(channels, channels, 3, stride=2, padding=padding)

    def forward(self, x):
        return self.conv(x if self.padding else F.pad(x, (0, 1, 0, 1)))


def attend(query, key, value, heads, mask=None):
    """Scaled dot-product attention of [batch, tokens, channels] tensors split into heads."""
    batch, tokens, channels = query.shape
    split = lambda x: x.view(batch, -1, heads, channels // heads).transpose(1, 2)
    scores = split(query) @ split(key).transpose(-1, -2) * (channels // heads) ** -0.5
    if mask is not None:
        scores = scores + mask
    out = scores.softmax(-1).to(value.dtype) @ split(value)
    return out.transpose(1, 2).reshape(batch, tokens, channels)
