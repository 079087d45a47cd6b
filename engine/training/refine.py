"""Teaches the UNet and the decoder to draw what the prompt says, by what critics see in the pictures they make.

    python3 refine.py --start-from training-run/unet.pt --decoder training-run/decoder.pt \
        --critic critic.safetensors critic2.safetensors --minutes 60 --out training-run/refined.pt

Learning to remove noise alone takes a small network millions of pictures until a structure looks
like itself, and a decoder that knows encoded drawings alone makes smears of latents that are nearly,
but not quite, those of a drawing. Here both make whole pictures from prompts, critics are asked
which structures they show, in which colour, few or many, and the answer's gradient goes back through
the decoder to some of the sampler's steps, past the UNet's own inputs ("Deep Reward Tuning", Wu et al.
2024). Those that train_judge.py trained stay as they are. Another, the rival, begins as the same and learns on,
drawings against decoded pictures, in which it is to find nothing, so that a picture has to look drawn
and not just please a classifier (as in GANs with an auxiliary classifier, Odena et al. 2017). Beside
that the UNet goes on removing noise and the decoder giving drawings back, at which the critics look
too. The encoder stays as it is. Prompts are never held-out ones, and some leave out a colour or an amount,
of which the critics are then not asked: so a word is learnt apart from its partners. The judge of the evaluation
has no part in it. A batch is a number of prompts, and half as many drawings.
"""

import os

import torch
from torch import nn

import attributes
from critics import Asked, Critics, PictureCritic, Rival, limited, shares_right
from devices import Peers, load, mixed_precision, prepare
from diffusion import generate, random_guidance, signal_shares
from judge import load_judge
from latent_files import Latents
from picture_files import from_bytes
from prompts import refining_prompts
from runs import Means, Run, load_run, options_of, train
from schedules import set_rate
from tokenizer import Tokenizer
from train_unet import SHOWN, Average, Conditioned, noise_loss, optimizer_of, show
from train_vae import NOISE, load_vae, reconstruction_loss

CHANNEL_WEIGHTS = (1.3, 1.3, 1.3, 0.7, 0.7, 0.7)
RIVAL_SHARE = 0.4  # of the rival's say, beside the critics'
NOISE_SHARE = 1.5  # of learning to remove noise, beside an answer's gradient of length 1
DRAWINGS_SHARE = 10  # of giving drawings back, likewise
WAYS = 4  # in which the critics, all together, look at each picture


class Drawings:
    """A peer's drawings with their latents and what they show."""

    def __init__(self, encoded, folder, device):
        self.pictures = torch.cat([load(os.path.join(folder, os.path.basename(path)))["pictures"] for path in encoded.paths])
        self.latents, self.wanted, self.device = encoded.latents, attributes.targets(encoded.scenes, device), device

    def batch(self, number):
        """Pictures in -1..1, their latents, and what is to be told of them."""
        chosen = torch.randint(len(self.pictures), (number,))
        pictures, latents = (values[chosen].to(self.device) for values in (self.pictures, self.latents))
        return from_bytes(pictures), latents.float(), {name: value[chosen] for name, value in self.wanted.items()}


class Refining:
    """The UNet, the decoder and their rival, and what they learn from."""

    def __init__(self, options):
        self.options, self.peers, self.device, self.means = options, Peers(), prepare(options.device), Means()
        self.tokenizer, self.encoded = Tokenizer.load(options.tokenizer), Latents(options.latents, self.peers.share)
        self.drawings = Drawings(self.encoded, options.data, self.device)
        self.model = Conditioned(self.tokenizer).to(self.device)
        self.model.load_state_dict(load_run(options.start_from, self.device)["average"])
        self.model, self.vae = self.model.to(memory_format=torch.channels_last), load_vae(options.decoder, self.device)
        for fixed in (self.vae.encoder, self.vae.quant_conv):
            fixed.requires_grad_(False)
        # what is learnt from is never compiled: PyTorch 2.13 gets some bfloat16 gradients wrong on a CPU
        self.looking = torch.compile(self.model.unet) if options.compile else self.model.unet
        looks = lambda path, ways: PictureCritic(load_judge(path, self.device), ways, options.compile)
        critics = Critics(looks(path, WAYS // len(options.critic)) for path in options.critic)
        self.critic = Asked(critics, self.device)
        self.rival = Rival(looks(options.critic[0], 1), self.device, options.rival_rate)
        self.learners = nn.ModuleList([self.model, self.vae, self.rival.network])
        self.average, self.average_vae = Average(self.model), Average(self.vae)
        self.optimizer = optimizer_of(self.model, options.rate)
        learnt = [parameter for parameter in self.vae.parameters() if parameter.requires_grad]
        self.decoder_optimizer = torch.optim.Adam(learnt, options.decoder_rate, betas=(0.9, 0.99))
        self.run = Run(options.out, options.minutes, self.device, learners=self.learners, average=self.average.model,
                       vae=self.average_vae.model, optimizer=self.optimizer, decoder=self.decoder_optimizer, rival=self.rival.optimizer)
        self.average.steps = self.average_vae.steps = self.run.step
        self.shares = signal_shares().to(self.device)
        self.empty = torch.tensor([self.tokenizer.encode("")]).to(self.device)

    def step(self, scale):
        set_rate(self.optimizer, self.options.rate * scale)
        set_rate(self.decoder_optimizer, self.options.decoder_rate * scale)
        for optimizer in (self.optimizer, self.decoder_optimizer):
            optimizer.zero_grad(set_to_none=True)
        number = self.run.step * self.peers.number + self.peers.rank
        decoded = self.ask(number)
        self.remove_noise(number)
        self.means.add(decoder=limit(self.vae))
        self.optimizer.step()
        self.decoder_optimizer.step()
        self.average.update(self.model)
        self.average_vae.update(self.vae)
        self.rival_learns(decoded, scale)

    def ask(self, number):
        """Adds what the critics' answers ask of the weights to their gradients, and returns the pictures asked about."""
        scenes, ids = refining_prompts(self.options.batch, self.tokenizer, number)
        text, unet = self.model.text, self.model.unet
        made = generate(unet, text(ids.to(self.device)), text(self.empty).detach(), random_guidance(), self.shares, self.looking)
        drawn, known, shown = self.drawings.batch(len(made) // 2)
        latents = torch.cat([made.detach(), known + NOISE * torch.randn_like(known)]).requires_grad_()
        with mixed_precision(self.device):
            decoded = self.vae.decode(latents.contiguous(memory_format=torch.channels_last)).float()
        wanted = {name: torch.cat([value, shown[name]]) for name, value in attributes.targets(scenes, self.device).items()}
        again = reconstruction_loss(decoded[len(made) :], drawn)
        pull = torch.autograd.grad(DRAWINGS_SHARE * again, decoded, retain_graph=True)[0]
        pull += self.answers(decoded, wanted)
        decoded.backward(pull)
        made.backward(limited(latents.grad[: len(made)]))
        self.means.add(again=again.item(), pull=limit(self.model))
        return decoded.detach()

    def answers(self, decoded, wanted):
        """What the critics want changed in pictures, generated ones first."""
        (outputs, asked, pull), (_, rivals, push) = self.critic.asked(decoded, wanted), self.rival.asked(decoded, wanted)
        made = slice(0, self.options.batch)
        part = lambda values: {name: value[made] for name, value in values.items()}
        self.means.add(asked=asked, rivals=rivals, **shares_right(part(outputs), part(wanted)))
        return pull + RIVAL_SHARE * push

    def remove_noise(self, number):
        latents, ids = (x.to(self.device) for x in self.encoded.batch(self.options.batch, self.tokenizer, number, 0.0))
        loss = noise_loss(self.model, latents, ids, self.shares, CHANNEL_WEIGHTS)
        (NOISE_SHARE * loss).backward()
        self.means.add(noise=loss.item(), both=limit(self.model))

    def rival_learns(self, decoded, scale):
        drawn, _, shown = self.drawings.batch(len(decoded))
        known, fake = self.rival.learn(drawn, shown, decoded, scale)
        self.means.add(drawn=known, fake=fake)

    def show(self, path):
        show(self.average.model, self.average_vae.model, self.tokenizer, SHOWN, self.device, path, guidance=2.0)


def limit(network):
    """The length that the gradient had before it was shortened to 1."""
    return float(nn.utils.clip_grad_norm_(network.parameters(), 1.0))


def parse():
    parser = options_of(__doc__, "refined.pt", minutes=60, batch=16, show=200)
    parser.add_argument("--data", default="training-run/data")
    parser.add_argument("--latents", default="training-run/latents")
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--start-from", default="training-run/unet.pt", help="a run of train_unet.py or of this, or a checkpoint's folder")
    parser.add_argument("--decoder", default="training-run/decoder.pt", help="a run of train_vae.py or of this, or a checkpoint's folder")
    parser.add_argument("--critic", nargs="+", default=["critic.safetensors", "critic2.safetensors"],
                        help=f"runs of train_judge.py --stream train, {WAYS} at most")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--decoder-rate", type=float, default=3e-4)
    parser.add_argument("--rival-rate", type=float, default=1e-4)
    parser.add_argument("--compile", action="store_true", help="PyTorch 2: faster after a minute or two")
    options = parser.parse_args()
    if len(options.critic) > WAYS:
        parser.error(f"--critic: expected {WAYS} at most, found {len(options.critic)}")
    return options


if __name__ == "__main__":
    options = parse()
    train(Refining(options), options.show, warm_up=50)
