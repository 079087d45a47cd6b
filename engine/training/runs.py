"""A training run in a file, which goes on where it was cut off, and what it reports."""

import argparse
import os

import torch

import configs
import tensor_files
from devices import load, save
from schedules import Clock, learning_rate


def load_run(path, device="cpu"):
    """What a run kept; of a checkpoint's folder, such as the one that ships, the UNet with its text encoder and the autoencoder."""
    if not os.path.isdir(path):
        return load(path, map_location=device)
    read = {name: tensor_files.load(os.path.join(path, name, file)) for name, file in configs.WEIGHTS.items()}
    led = {"unet": read["unet"], "text": read["text_encoder"]}
    return {"average": {f"{part}.{name}": value for part, tensors in led.items() for name, value in tensors.items()}, "vae": read["vae"]}


def mean_of(run, other, share):
    """Weights between those of two runs that began alike: 0 gives the first one's, 1 the other's ("Model soups", Wortsman et al. 2022)."""
    mean = lambda name: {key: torch.lerp(value.float(), other[name][key].float(), share) for key, value in run[name].items()}
    return {name: mean(name) for name in ("average", "vae")}


def options_of(doc, out, minutes, batch, show):
    """A parser with what every run takes, and these for defaults."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("--out", default=f"training-run/{out}", help="what it makes; from the .pt file there a run that was cut off goes on")
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--show", type=int, default=show, help="steps from one look at what is learnt to the next")
    parser.add_argument("--device", default="cpu")
    return parser


class Run:
    """What has a `state_dict`, by name; how many steps it has made; and the time it may take."""

    def __init__(self, path, minutes, device, **parts):
        self.path, self.parts, self.step, spent = path, parts, 0, 0.0
        if os.path.exists(path):
            state = load(path, map_location=device)
            for name, part in parts.items():
                part.load_state_dict(state[name])
            self.step, spent = state["step"], state["spent"]
        self.clock = Clock(minutes, spent)

    def save(self):
        save({**{name: part.state_dict() for name, part in self.parts.items()}, "step": self.step, "spent": self.clock.spent}, self.path)


class Means:
    """Running means of what a run reports."""

    def __init__(self):
        self.values = {}

    def add(self, **values):
        for name, value in values.items():
            self.values[name] = 0.97 * self.values.get(name, value) + 0.03 * value

    def __str__(self):
        return " ".join(f"{name} {value:.3f}" for name, value in self.values.items())


def train(training, show_every, warm_up=200):
    """Steps until the time is over, with the others that run the same; what is learnt is kept, and shown, now and then."""
    run, peers, finished = training.run, training.peers, False
    while not finished:
        training.step(learning_rate(1.0, run.step, run.clock.progress, warm_up))
        run.step += 1
        finished = peers.agree(run.step, training.learners, run.clock.progress == 1)
        if peers.rank == 0 and (run.step % 25 == 0 or finished):
            print(f"step {run.step} minute {run.clock.spent / 60:.1f} {training.means}", flush=True)
        if peers.rank == 0 and (run.step % 50 == 0 or finished):
            run.save()
        if peers.rank == 0 and (run.step % show_every == 0 or finished):
            training.show(run.path.replace(".pt", ".png"))
