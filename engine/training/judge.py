"""A classifier of micrographs: which structures, in which colour, few or many.

    python3 judge.py --minutes 74 --out judge.safetensors

Trained on drawings from a stream of their own, all combinations in it, slightly degraded at
random so that it judges what a picture shows and not how cleanly it is drawn. It never sees
a generated picture. Its accuracy on further drawings is the ceiling of the evaluation.

    python3 judge.py --stream train --decoder training-run/decoder.pt --minutes 60 --out critic.safetensors

makes another one, of what training may see: a critic for refine.py. A part of its drawings went
through the autoencoder, as everything does that it will be asked about.

They lie beside this script, small as they are: whoever refines or evaluates on a new machine need not
train them first, and figures of different days can come from the same judge.
"""

import argparse
import glob
import os

import torch
import torch.nn.functional as F
from torch import nn

import attributes
import tensor_files
from devices import Peers, load, mixed_precision, prepare
from draw_data import draw_shard
from drawings import KINDS
from picture_files import from_bytes, to_bytes
from runs import Means, Run, train
from schedules import set_rate
from train_vae import load_vae

COLOURS = 9
RATE = 2e-3


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


@torch.no_grad()
def accuracy(judge, pictures, wanted):
    """Shares of right answers over all drawings, of which `wanted` are the attributes' targets."""
    judge.eval()
    outputs = [judge(part) for part in pictures.split(64)]
    judge.train()
    joined = {name: torch.cat([o[name] for o in outputs]) for name in outputs[0]}
    return attributes.loss_and_accuracy(joined, wanted)[1]


def save_judge(judge, path):
    """In float16, as the model that ships."""
    halved = lambda value: value.half() if value.is_floating_point() else value
    tensor_files.save({name: halved(value) for name, value in judge.state_dict().items()}, path)


def load_judge(path, device="cpu"):
    judge = Judge()
    judge.load_state_dict(tensor_files.load(path))
    return judge.to(device).eval()


class Drawings:
    """The shards of a stream, shared out among peers, in memory; some of them decoded from their latents as well."""

    def __init__(self, options, peers):
        paths = peers.share(glob.glob(os.path.join(options.data, f"{options.stream}-*.pt")))
        shards = [load(path) for path in paths]
        self.pictures = torch.cat([shard["pictures"] for shard in shards])
        self.scenes = [scene for shard in shards for scene in shard["scenes"]]
        if options.decoder:
            again = [load(os.path.join(options.latents, os.path.basename(path))) for path in paths[: len(paths) // 4]]
            self.pictures = torch.cat([self.pictures, *(decoded(shard["latents"], options.decoder) for shard in again)])
            self.scenes += [scene for shard in again for scene in shard["scenes"]]
        self.targets = attributes.targets(self.scenes)
        self.structures = torch.tensor([float(len(scene.layers)) for scene in self.scenes])

    def batch(self, number, device):
        """Drawings of several structures the more often, as they are harder to tell."""
        chosen = torch.multinomial(self.structures, number, replacement=True)
        pictures = worn(turned(self.pictures[chosen], int(torch.randint(8, ())))).to(device, memory_format=torch.channels_last)
        return pictures, {name: value[chosen].to(device) for name, value in self.targets.items()}


@torch.no_grad()
def decoded(latents, path):
    """Pictures that a decoder makes of latents, uint8 [N, 3, 128, 128]."""
    vae = load_vae(path, "cpu").eval()
    with mixed_precision(torch.device("cpu")):
        return torch.cat([to_bytes(vae.decode(part.float()).float()) for part in latents.split(32)])


class Judging:
    """A classifier, and the drawings it learns from."""

    def __init__(self, options):
        self.options, self.peers, self.device, self.means = options, Peers(), prepare(options.device), Means()
        self.drawings = Drawings(options, self.peers)
        self.test = draw_shard(f"{options.stream} test", 0, 512, options.stream == "judge")
        judge = load_judge(options.start_from).train() if options.start_from else Judge()
        self.learners = judge.to(self.device, memory_format=torch.channels_last)
        self.seen = torch.compile(self.learners) if options.compile else self.learners
        self.optimizer = torch.optim.AdamW(self.learners.parameters(), RATE, weight_decay=0.02)
        self.run = Run(os.path.splitext(options.out)[0] + ".pt", options.minutes, self.device, judge=self.learners, optimizer=self.optimizer)

    def step(self, scale):
        set_rate(self.optimizer, RATE * scale)
        pictures, wanted = self.drawings.batch(self.options.batch, self.device)
        with mixed_precision(self.device):
            outputs = self.seen(pictures)
        loss, _ = attributes.loss_and_accuracy({name: value.float() for name, value in outputs.items()}, wanted)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.means.add(loss=loss.item())

    def show(self, _):
        right = accuracy(self.learners, self.test["pictures"].to(self.device), attributes.targets(self.test["scenes"], self.device))
        print("right on new drawings: " + " ".join(f"{name} {value:.3f}" for name, value in right.items()), flush=True)
        save_judge(self.learners, self.options.out)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default="training-run/data", help="folder with shards of drawings")
    parser.add_argument("--stream", default="judge", help="which of them; only the judge may see what is held out")
    parser.add_argument("--latents", default="training-run/latents", help="the same shards encoded, for --decoder")
    parser.add_argument("--decoder", help="a decoder, whose pictures of a quarter of the drawings are learnt from too")
    parser.add_argument("--out", default="training-run/judge.safetensors", help="beside it a .pt file, with which a run that was cut off goes on")
    parser.add_argument("--start-from", help="an earlier run's file, whose weights a new run starts with")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--show", type=int, default=400, help="steps from one look at new drawings to the next")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    train(Judging(options), options.show)
