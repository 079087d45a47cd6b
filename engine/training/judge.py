"""A classifier of micrographs: which structures, in which colour, few or many.

Trained (train_judge.py) on drawings alone, it judges generated pictures: as the evaluation's judge, and
others like it as critics that refining asks. They lie beside this script, small as they are: whoever refines or
evaluates on a new machine need not train them first, and figures of different days can come from the same judge.
"""

import torch
import torch.nn.functional as F
from torch import nn

import attributes
import tensor_files
from drawings import KINDS
from picture_files import from_bytes

COLOURS = 9


class Judge(nn.Module):
    """Convolutions down to 16×16; then each structure looks at its own places for its colour and count.

    Where a structure is follows from one map a kind, the attention of which reads the features
    there, and the colours as they are, so that those of few spots are not lost in the mean of everything else.
    """

    def __init__(self, widths=(32, 64, 96), width=128):
        super().__init__()
        layers, channels = [], 3
        for i, out in enumerate(widths):
            layers += [*convolution(channels, out, 5 if i == 0 else 3, stride=2), *convolution(out, out)]
            channels = out
        layers += [*convolution(channels, width), *convolution(width, width, dilation=2), *convolution(width, width, dilation=4)]
        self.features = nn.Sequential(*layers)
        self.places = nn.Conv2d(width, len(KINDS), 1)
        self.kinds = nn.Parameter(torch.randn(len(KINDS), 256) * 0.1)
        self.mixed = nn.Linear(3 * width + COLOURS + 2, 256)
        self.per_kind = nn.Linear(256, attributes.KIND_OUTPUTS)
        self.conditions = nn.Linear(2 * width, 3)

    def forward(self, pictures):
        pictures = from_bytes(pictures)
        x = self.features(pictures)
        maps, x = self.places(x).float().flatten(2), x.float().flatten(2)
        pooled = torch.cat([x.mean(2), x.amax(2)], 1)
        read = maps.softmax(2) @ torch.cat([x, colours(pictures).flatten(2)], 1).transpose(1, 2)
        amounts = torch.stack([maps.sigmoid().mean(2), maps.amax(2)], 2)
        seen = torch.cat([read, pooled[:, None].expand(-1, len(KINDS), -1), amounts], 2)
        outputs = self.per_kind(F.relu(self.mixed(seen) + self.kinds)).float()
        strongest = F.one_hot(torch.zeros(1, dtype=torch.long), attributes.KIND_OUTPUTS) * amounts[..., 1:]
        return attributes.split_heads((outputs + strongest, self.conditions(pooled).float()))


def colours(pictures):
    """Mean, highest and lowest red, green and blue of every 8×8 pixels, [N, 9, h/8, w/8]."""
    return torch.cat([F.avg_pool2d(pictures, 8), F.max_pool2d(pictures, 8), -F.max_pool2d(-pictures, 8)], 1)


def convolution(channels, out, size=3, stride=1, dilation=1):
    padding = dilation * (size // 2)
    return [nn.Conv2d(channels, out, size, stride, padding, dilation, bias=False), nn.BatchNorm2d(out), nn.ReLU()]


def turned(pictures, which):
    """One of the eight symmetries of the square, by its number from 0 to 7."""
    pictures = torch.rot90(pictures, which % 4, (2, 3))
    return pictures if which < 4 else pictures.flip(3)


def worn(pictures):
    """Some of them a little softened, brightened or grained."""
    chance = lambda: torch.rand(len(pictures), 1, 1, 1, device=pictures.device)
    pictures, share = pictures.float(), chance() * (chance() < 0.5)
    pictures = pictures + share * (F.avg_pool2d(pictures, 3, 1, 1, count_include_pad=False) - pictures)
    strength = 8 * chance() * (chance() < 0.5)
    return (pictures * (1 + 0.16 * (chance() - 0.5)) + strength * torch.randn_like(pictures)).clamp(0, 255)


def save_judge(judge, path):
    """In float16, as the model that ships."""
    halved = lambda value: value.half() if value.is_floating_point() else value
    tensor_files.save({name: halved(value) for name, value in judge.state_dict().items()}, path)


def load_judge(path, device="cpu"):
    judge = Judge()
    judge.load_state_dict(tensor_files.load(path))
    return judge.to(device).eval()
