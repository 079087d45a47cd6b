"""Teaches the decoder to draw what the UNet means, by what critics see in pictures of the UNet's own latents.

    python3 refine_decoder.py --start-from training-run/decoder.pt --critic training-run/critic.pt \
        --generated training-run/generated --minutes 40 --out training-run/refined-decoder.pt

A decoder that knows encoded drawings alone makes smears of latents that are nearly, but not quite,
those of a drawing. Here two critics look at what it makes of generated latents (generate_latents.py):
one stays as judge.py left it, the other, the rival, learns on, drawings against the decoder's pictures,
in which it is to find nothing. Beside that the decoder goes on giving drawings back. The encoder stays
as it is, and so do all latents.
"""

import argparse
import glob
import os

import torch
from torch import nn

import attributes
from critic import PictureCritic
from devices import Peers, load, mixed_precision, prepare
from judge import load_judge
from learning_critic import Asked, Rival, shares_right
from picture_files import contact_sheet, to_bytes, write_png
from runs import Means, Run, refine
from schedules import set_rate
from symmetry import turned
from train_unet import Average
from train_vae import NOISE, load_vae, reconstruction_loss

RIVAL_SHARE = 0.5  # of the rival's say, beside the critic's
DRAWINGS_SHARE = 10  # of giving drawings back, beside an answer's gradient of length 1


class Shards:
    """Tensors with the scenes that they show, shared out among peers: `folders` hold files of the same names."""

    def __init__(self, peers, names, device, **folders):
        first = next(iter(folders.values()))
        files = [os.path.basename(path) for path in sorted(glob.glob(os.path.join(first, names)))][peers.rank :: peers.number]
        shards = [{name: load(os.path.join(folder, file)) for name, folder in folders.items()} for file in files]
        self.values = {name: torch.cat([shard[name][name] for shard in shards]) for name in folders}
        self.wanted = attributes.targets([scene for shard in shards for scene in next(iter(shard.values()))["scenes"]])
        self.device = device

    def batch(self, number):
        """Some of the values by name, and what they are to show."""
        chosen = torch.randint(len(self.wanted["presence"]), (number,))
        part = lambda tensors: {name: tensor[chosen].to(self.device).float() for name, tensor in tensors.items()}
        return part(self.values), {name: tensor[chosen].to(self.device) for name, tensor in self.wanted.items()}


class Refining:
    """The decoder and its rival, and what they learn from."""

    def __init__(self, options):
        self.options, self.peers, self.device, self.means = options, Peers(), prepare(options.device), Means()
        self.generated = Shards(self.peers, "generated-*.pt", self.device, latents=options.generated)
        self.drawings = Shards(self.peers, "train-*.pt", self.device, pictures=options.data, latents=options.latents)
        self.vae = load_vae(options.start_from, self.device)
        for fixed in (self.vae.encoder, self.vae.quant_conv):
            fixed.requires_grad_(False)
        looks = lambda ways: PictureCritic(load_judge(options.critic, self.device), ways, options.compile)
        self.critic, self.rival = Asked(looks(4), self.device), Rival(looks(1), self.device, options.rival_rate)
        self.learners, self.average = nn.ModuleList([self.vae, self.rival.network]), Average(self.vae, 0.995)
        learnt = [parameter for parameter in self.vae.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.Adam(learnt, options.rate, betas=(0.9, 0.99))
        self.run = Run(options.out, options.minutes, self.device, learners=self.learners, vae=self.average.model,
                       optimizer=self.optimizer, rival=self.rival.optimizer)
        self.average.steps = self.run.step

    def step(self, scale):
        set_rate(self.optimizer, self.options.rate * scale)
        number = self.options.batch
        asked, wanted = self.generated.batch(number)
        known, _ = self.drawings.batch(number // 2)
        latents = torch.cat([turned(asked["latents"], int(torch.randint(8, ()))),
                             known["latents"] + NOISE * torch.randn_like(known["latents"])])
        with mixed_precision(self.device):
            decoded = self.vae.decode(latents.contiguous(memory_format=torch.channels_last)).float()
        loss = reconstruction_loss(decoded[number:], known["pictures"] / 127.5 - 1)
        gradient = torch.autograd.grad(DRAWINGS_SHARE * loss, decoded, retain_graph=True)[0]
        gradient[:number] = self.ask(decoded[:number], wanted)
        self.optimizer.zero_grad(set_to_none=True)
        decoded.backward(gradient)
        self.means.add(again=loss.item(), length=float(nn.utils.clip_grad_norm_(self.vae.parameters(), 1.0)))
        self.optimizer.step()
        self.average.update(self.vae)
        self.rival_learns(decoded[:number].detach(), scale)

    def ask(self, pictures, wanted):
        """What the critics want changed in the pictures."""
        (outputs, asked, pull), (_, rivals, push) = self.critic.asked(pictures, wanted), self.rival.asked(pictures, wanted)
        self.means.add(asked=asked, rivals=rivals, **shares_right(outputs, wanted))
        return pull + RIVAL_SHARE * push

    def rival_learns(self, pictures, scale):
        drawings, shown = self.drawings.batch(2 * len(pictures))
        drawn, fake = self.rival.learn(drawings["pictures"] / 127.5 - 1, shown, pictures, scale)
        self.means.add(drawn=drawn, fake=fake)

    @torch.no_grad()
    def show(self, path):
        latents = self.generated.values["latents"][:16].to(self.device).float()
        write_png(contact_sheet(list(to_bytes(self.average.model.decode(latents)).cpu()), 8), path)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", default="training-run/data")
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--generated", default="training-run/generated")
    parser.add_argument("--start-from", default="training-run/decoder.pt", help="a run of train_vae.py or of this")
    parser.add_argument("--critic", default="training-run/critic.pt", help="a run of judge.py --stream train")
    parser.add_argument("--out", default="training-run/refined-decoder.pt")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=8, help="generated latents; half as many of drawings")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--rival-rate", type=float, default=1e-4)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: the critics answer faster after a minute or two")
    return parser.parse_args()


if __name__ == "__main__":
    refine(Refining(parse()), show_every=50)
