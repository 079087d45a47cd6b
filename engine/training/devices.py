"""Where to compute, and how checkpoints are kept."""

import contextlib
import functools
import os
import time

import torch
import torch.distributed
from torch import nn


def prepare(name):
    """The device of that name; on a CPU all cores it may use, which PyTorch does not always take by itself."""
    if name == "cpu":
        torch.set_num_threads(1 if "RANK" in os.environ else len(os.sched_getaffinity(0)))
    else:
        torch.backends.cudnn.benchmark = True
    return torch.device(name)


def mixed_precision(device):
    """bfloat16 where it is faster: two to three times on GPUs and some CPUs, on others it costs half as much again."""
    return torch.autocast(device.type, torch.bfloat16) if device.type != "cpu" or faster_in_bfloat16() else contextlib.nullcontext()


@functools.cache
def faster_in_bfloat16():
    """Whether this CPU takes a step of a small network in less time with bfloat16 than with float32."""
    layers = nn.Sequential(*(layer for _ in range(3) for layer in (nn.Conv2d(64, 64, 3, padding=1), nn.GroupNorm(8, 64), nn.SiLU())))
    layers, x = layers.to(memory_format=torch.channels_last), torch.randn(8, 64, 32, 32).contiguous(memory_format=torch.channels_last)

    def seconds(enabled):
        start = time.perf_counter()
        with torch.enable_grad(), torch.autocast("cpu", torch.bfloat16, enabled=enabled):
            layers(x).float().sum().backward()
        return time.perf_counter() - start

    times = [(seconds(True), seconds(False)) for _ in range(6)][1:]
    return min(pair[0] for pair in times) < min(pair[1] for pair in times)


def save(state, path):
    """Never leaves half a file behind."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    torch.save(state, path + ".part")
    os.replace(path + ".part", path)


def load(path, map_location="cpu"):
    """What `save` kept; scenes are objects of ours, so only files made here are to be read."""
    return torch.load(path, map_location=map_location, weights_only=False)


class Threads:
    """On a CPU that others use too, two threads can be slower than one: they wait for each other.

    Call `step` once a training step: of every 60, a few are timed with one thread and a few with
    all, and the rest run with whichever number was faster.
    """

    CYCLE, TRIAL = 60, 4

    def __init__(self, device):
        alone = device.type == "cpu" and "RANK" not in os.environ
        self.numbers = sorted({1, len(os.sched_getaffinity(0))}) if alone else []
        self.steps, self.last, self.times = 0, None, {}

    def step(self):
        if len(self.numbers) < 2:
            return
        now, phase = time.time(), self.steps % self.CYCLE
        if self.last and 0 < phase <= len(self.numbers) * self.TRIAL:
            self.times.setdefault(self.numbers[(phase - 1) // self.TRIAL], []).append(now - self.last)
        if phase < len(self.numbers) * self.TRIAL:
            torch.set_num_threads(self.numbers[phase // self.TRIAL])
        elif phase == len(self.numbers) * self.TRIAL:
            torch.set_num_threads(min(self.numbers, key=lambda number: sum(self.times[number])))
            self.times = {}
        self.last, self.steps = now, self.steps + 1


class Peers:
    """Processes that train the same model on data of their own and average their weights now and then.

    On a CPU two processes of one thread each waste less than one of two threads. Started with
    `python3 -m torch.distributed.run --nproc_per_node=2 train_unet.py ...`; alone without that.
    """

    EVERY = 8

    def __init__(self):
        self.rank, self.number = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        if self.number > 1:
            torch.distributed.init_process_group("gloo")
            torch.manual_seed(self.rank)

    def share(self, paths):
        """Those of them that are this peer's."""
        return sorted(paths)[self.rank :: self.number]

    @torch.no_grad()
    def agree(self, step, model, finished):
        """Averages the weights every few steps; true for all of the peers once one has finished."""
        if self.number == 1:
            return finished
        if step % self.EVERY:
            return False
        parameters = list(model.parameters())
        flat = torch.cat([p.reshape(-1) for p in parameters] + [torch.tensor([float(finished)], device=parameters[0].device)])
        torch.distributed.all_reduce(flat)
        for parameter, mean in zip(parameters, (flat[:-1] / self.number).split([p.numel() for p in parameters])):
            parameter.copy_(mean.view_as(parameter))
        return flat[-1].item() > 0
