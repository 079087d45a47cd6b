"""Trains a classifier of micrographs.

    python3 train_judge.py --minutes 74 --out judge.safetensors

Trained on drawings from a stream of their own, all combinations in it, slightly degraded at
random so that it judges what a picture shows and not how cleanly it is drawn. It never sees
a generated picture. Its accuracy on further drawings is the ceiling of the evaluation.

    python3 train_judge.py --stream train --decoder training-run/decoder.pt --minutes 60 --out critic.safetensors

makes another one, of what training may see: a critic for refine.py. A part of its drawings went
through the autoencoder, as everything does that it will be asked about.
"""

import glob
import os

import torch

import attributes
from devices import Peers, load, mixed_precision, prepare
from draw_data import draw_shard
from judge import Judge, load_judge, save_judge, turned, worn
from picture_files import to_bytes
from runs import Means, Run, options_of, train
from schedules import set_rate
from train_vae import load_vae

RATE = 2e-3


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


@torch.no_grad()
def accuracy(judge, pictures, wanted):
    """Shares of right answers over all drawings, of which `wanted` are the attributes' targets."""
    judge.eval()
    outputs = [judge(part) for part in pictures.split(64)]
    judge.train()
    joined = {name: torch.cat([o[name] for o in outputs]) for name in outputs[0]}
    return attributes.loss_and_accuracy(joined, wanted)[1]


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
    parser = options_of(__doc__, "judge.safetensors", minutes=12, batch=32, show=400)
    parser.add_argument("--data", default="training-run/data", help="folder with shards of drawings")
    parser.add_argument("--stream", default="judge", help="which of them; only the judge may see what is held out")
    parser.add_argument("--latents", default="training-run/latents", help="the same shards encoded, for --decoder")
    parser.add_argument("--decoder", help="a decoder, whose pictures of a quarter of the drawings are learnt from too")
    parser.add_argument("--start-from", help="an earlier run's file, whose weights a new run starts with")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    train(Judging(options), options.show)
