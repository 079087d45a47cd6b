"""A classifier of micrographs: which structures, in which colour, few or many.

    python3 judge.py --minutes 12 --out training-run/judge.pt

Trained on drawings from a stream of their own, all combinations in it, slightly degraded at
random so that it judges what a picture shows and not how cleanly it is drawn. It never sees
a generated picture. Its accuracy on further drawings is the ceiling of the evaluation.
"""

import argparse
import glob
import os

import torch
import torch.nn.functional as F
from torch import nn

import attributes
from devices import mixed_precision, prepare, save
from draw_data import draw_shard
from drawings import KINDS
from schedules import Clock, learning_rate


class Judge(nn.Module):
    """Convolutions down to 8×8, then the mean and the maximum of each channel."""

    def __init__(self, widths=(24, 48, 96, 160)):
        super().__init__()
        layers, channels = [], 3
        for i, width in enumerate(widths):
            layers += [nn.Conv2d(channels, width, 5 if i == 0 else 3, stride=2, padding=2 if i == 0 else 1, bias=False),
                       nn.BatchNorm2d(width), nn.ReLU()]
            if i:
                layers += [nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
        self.features = nn.Sequential(*layers)
        self.mixed = nn.Sequential(nn.Linear(2 * channels, 256), nn.ReLU())
        self.per_kind = nn.Linear(256, len(KINDS) * attributes.KIND_OUTPUTS)
        self.conditions = nn.Linear(256, 3)

    def forward(self, pictures):
        x = self.features(pictures.float() / 127.5 - 1)
        x = self.mixed(torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1).float())
        return attributes.split_heads((self.per_kind(x).view(len(x), len(KINDS), -1), self.conditions(x)))


def degrade(pictures):
    """Turned, and some of them a little softened, brightened or grained."""
    pictures = torch.rot90(pictures, int(torch.randint(4, (1,))), (2, 3)).float()
    share = torch.rand(len(pictures), 1, 1, 1) * (torch.rand(len(pictures), 1, 1, 1) < 0.5)
    pictures = pictures + share * (F.avg_pool2d(pictures, 3, 1, 1, count_include_pad=False) - pictures)
    strength = 8 * torch.rand(len(pictures), 1, 1, 1) * (torch.rand(len(pictures), 1, 1, 1) < 0.5)
    bright = 1 + 0.16 * (torch.rand(len(pictures), 1, 1, 1) - 0.5)
    return ((pictures * bright) + strength * torch.randn_like(pictures)).clamp(0, 255)


@torch.no_grad()
def accuracy(judge, pictures, scenes):
    """Shares of right answers over all drawings."""
    judge.eval()
    outputs = [judge(part) for part in pictures.split(64)]
    judge.train()
    joined = {name: torch.cat([o[name] for o in outputs]) for name in outputs[0]}
    return attributes.loss_and_accuracy(joined, scenes)[1]


def load(path, device="cpu"):
    judge = Judge().to(device)
    judge.load_state_dict(torch.load(path, map_location=device)["judge"])
    return judge.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default="training-run/data", help="folder with shards of the stream 'judge'")
    parser.add_argument("--out", default="training-run/judge.pt")
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    device = prepare(options.device)
    shards = [torch.load(path) for path in sorted(glob.glob(os.path.join(options.data, "judge-*.pt")))]
    pictures = torch.cat([shard["pictures"] for shard in shards])
    scenes = [scene for shard in shards for scene in shard["scenes"]]
    test = draw_shard("judge test", 0, 512, everything=True)
    judge, clock, step = Judge().to(device), Clock(options.minutes), 0
    optimizer = torch.optim.AdamW(judge.parameters(), 2e-3, weight_decay=0.02)
    while clock.progress < 1:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(2e-3, step, clock.progress)
        chosen = torch.randint(len(scenes), (options.batch,))
        with mixed_precision(device):
            outputs = judge(degrade(pictures[chosen]).to(device))
        outputs = {name: value.float() for name, value in outputs.items()}
        loss, right = attributes.loss_and_accuracy(outputs, [scenes[i] for i in chosen])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        step += 1
        if step % 200 == 0 or clock.progress == 1:
            right = accuracy(judge, test["pictures"].to(device), test["scenes"])
            print(f"step {step} minute {clock.spent / 60:.1f} loss {loss.item():.3f} on new drawings: "
                  + " ".join(f"{name} {value:.3f}" for name, value in right.items()), flush=True)
            save({"judge": judge.state_dict(), "accuracy": right, "drawings": len(scenes)}, options.out)


if __name__ == "__main__":
    main()
