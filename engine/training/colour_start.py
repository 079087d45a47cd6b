"""An autoencoder that keeps colours from the first step on.

Trained from random weights, this small autoencoder learns brightness first and colour late and
in a tangle that the UNet then finds hard to learn. So a path is laid through it by hand: the
first three latents are the means of red, green and blue over 8×8 pixels, the next three say how
brightness differs between the quarters of that square (left and right, top and bottom, across).
The decoder spreads the colours out again. Everything else starts at random and learns the rest.

Group norms scale a picture by its own deviation and SiLU bends it. Each colour therefore
travels with its negative, as silu(x) - silu(-x) = x, and beside a constant that keeps the
deviation nearly the same for all pictures.
"""

import torch

PATH = 8  # channels: red, green, blue, their negatives, a constant, its negative
CONSTANT = 2.0
DETAILS = [[[-1, 1], [-1, 1]], [[-1, -1], [1, 1]], [[1, -1], [-1, 1]]]
SIGNS = [(0, 1.0), (1, 1.0), (2, 1.0), (0, -1.0), (1, -1.0), (2, -1.0)]


@torch.no_grad()
def lay_colour_path(vae):
    encoder, decoder = vae.encoder, vae.decoder
    _enter(encoder.conv_in)
    for block in encoder.down_blocks:
        _through(block, [[0.25, 0.25, 0], [0.25, 0.25, 0], [0, 0, 0]], "downsamplers")
    _split_details(encoder)
    _leave(encoder.conv_out, encoder.conv_norm_out, [(0, 3), (1, 4), (2, 5), (8, 11), (9, 12), (10, 13)])
    for convolution in (vae.quant_conv, vae.post_quant_conv):
        for i in range(6):
            convolution.weight[i] = 0
            convolution.weight[:, i] = 0
            convolution.weight[i, i], convolution.bias[i] = 1, 0
    _enter(decoder.conv_in)
    smooth = torch.tensor([0.25, 0.5, 0.25])
    for block in decoder.up_blocks:
        _through(block, (smooth[:, None] * smooth).tolist(), "upsamplers")
    _leave(decoder.conv_out, decoder.conv_norm_out, [(0, 3), (1, 4), (2, 5)])


def _clear(convolution):
    convolution.weight[:PATH] = 0
    convolution.weight[:, :PATH] = 0
    convolution.bias[:PATH] = 0


def _enter(convolution):
    """Colours, their negatives and the constant into the first channels."""
    convolution.weight[:PATH] = 0
    convolution.bias[:PATH] = 0
    for channel, (colour, sign) in enumerate(SIGNS):
        convolution.weight[channel, colour, 1, 1] = sign
    convolution.bias[6], convolution.bias[7] = CONSTANT, -CONSTANT


def _through(block, kernel, resample):
    """Past the residual blocks unchanged, then through the change of resolution."""
    for resnet in block.resnets:
        if resnet.conv_shortcut is not None:
            _clear(resnet.conv_shortcut)
            resnet.conv_shortcut.weight[:PATH, :PATH, 0, 0] = torch.eye(PATH)
    for layer in getattr(block, resample, []):
        _clear(layer.conv)
        for channel in range(PATH):
            layer.conv.weight[channel, channel] = torch.tensor(kernel)
        for channel in (6, 7):  # a constant has no edges to smooth: zero padding would give it some
            layer.conv.weight[channel, channel] = 0
            layer.conv.bias[channel] = CONSTANT if channel == 6 else -CONSTANT


def _split_details(encoder):
    """Brightness differences within the last 2×2 means, and their negatives, into channels 8 to 13."""
    down, last = encoder.down_blocks[-2].downsamplers[0].conv, encoder.down_blocks[-1]
    for i, signs in enumerate(DETAILS):
        for channel, sign in ((8 + i, 1.0), (11 + i, -1.0)):
            down.weight[channel] = 0
            down.bias[channel] = 0
            down.weight[channel, :3, :2, :2] = sign * torch.tensor(signs).float() / 12
    for resnet in last.resnets:
        if resnet.conv_shortcut is not None:
            resnet.conv_shortcut.weight[8:14] = 0
            resnet.conv_shortcut.bias[8:14] = 0
            resnet.conv_shortcut.weight[8:14, 8:14, 0, 0] = torch.eye(6)


def _leave(convolution, norm, pairs):
    """Each value is the difference of its two halves, times the deviation the norm divided by."""
    group = norm.num_channels // norm.num_groups
    deviation = ((2 * 3 * 0.5 + 2 * CONSTANT**2) / group) ** 0.5
    convolution.weight[: len(pairs)] = 0
    convolution.bias[: len(pairs)] = 0
    for output, (plus, minus) in enumerate(pairs):
        convolution.weight[output, plus, 1, 1] = deviation
        convolution.weight[output, minus, 1, 1] = -deviation
