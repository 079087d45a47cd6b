"""Trains the autoencoder on drawings.

    python3 train_vae.py --data training-run/data --minutes 35 --out training-run/vae.pt

A plain autoencoder, as a small network learns colour that way and from sampled latents does
not: the latents are the encoder's means, kept small by a penalty and smooth by a little noise.
It starts with colours in place (colour_start.py). Most of the time goes to crops, the last part
to whole pictures, as group norms see other averages there. With --decoder-of the encoder stays as
it is and only the decoder learns on, which may go on while the UNet is trained; --minutes 0 just
writes the start, whose encoder is good enough for that and whose latents are easy to learn.

    python3 train_vae.py --decoder-of training-run/latents/vae.pt --minutes 10 --out training-run/decoder.pt
"""

import glob
import os

import torch
import torch.nn.functional as F

import configs
from colour_start import lay_colour_path
from devices import Peers, Threads, load, mixed_precision, prepare, save
from networks import AutoencoderKL
from picture_files import contact_sheet, from_bytes, to_bytes, write_png
from runs import Means, Run, load_run, options_of, train
from schedules import set_rate

NOISE = 0.1
LOG_VARIANCE = -30.0
HELD_BACK = 32  # drawings that are looked at but not learnt from


def load_pictures(folder):
    paths = sorted(glob.glob(os.path.join(folder, "train-*.pt")))
    return torch.cat([load(path)["pictures"] for path in paths])


def new_vae(device):
    vae = AutoencoderKL(configs.VAE).to(device)
    latents = configs.VAE["latent_channels"]
    with torch.no_grad():  # the UNet learns from means: a sample must be the mean, or pictures come back with speckle
        vae.quant_conv.weight[latents:] = 0
        vae.quant_conv.bias[latents:] = LOG_VARIANCE
    lay_colour_path(vae)
    return vae


def load_vae(path, device):
    """The autoencoder of a run of this script or of refine.py, or of a checkpoint's folder."""
    vae = AutoencoderKL(configs.VAE).to(device, memory_format=torch.channels_last)
    vae.load_state_dict(load_run(path, device)["vae"])
    return vae


def batch_of(pictures, number, size, device):
    """Random crops, turned and mirrored, in [-1, 1]."""
    crops = []
    for i in torch.randint(len(pictures), (number,)):
        top, left = (torch.randint(configs.PICTURE - size + 1, (2,)) // 4 * 4).tolist()
        crop = pictures[i, :, top : top + size, left : left + size]
        crop = torch.rot90(crop, int(torch.randint(4, (1,))), (1, 2))
        crops.append(crop.flip(2) if torch.rand(1) < 0.5 else crop)
    return from_bytes(torch.stack(crops).to(device))


def reconstruction_loss(found, wanted):
    """Pixels, colours, edges, and the amount of fine texture, which is grain.

    Squared errors beside absolute ones, above all of colour differences: most of a picture is
    grey background, and absolute errors alone let a small network call everything grey.
    """
    pixels = F.l1_loss(found, wanted) + 2 * F.mse_loss(found, wanted)
    colour = sum(F.mse_loss(chroma(F.avg_pool2d(found, n)), chroma(F.avg_pool2d(wanted, n))) for n in (1, 4))
    coarse = F.l1_loss(F.avg_pool2d(found, 8), F.avg_pool2d(wanted, 8))
    edges = sum(F.l1_loss(found.diff(dim=d), wanted.diff(dim=d)) for d in (2, 3))
    texture = F.l1_loss(grain(found), grain(wanted))
    return pixels + 2 * colour + coarse + 0.3 * edges + 0.6 * texture


def chroma(x):
    """Red against green, and yellow against blue."""
    red, green, blue = x.unbind(1)
    return torch.stack([red - green, (red + green) / 2 - blue], 1)


def grain(x):
    return F.avg_pool2d((x - F.avg_pool2d(x, 3, 1, 1)).abs(), 8)


@torch.no_grad()
def report(vae, pictures, sheet):
    wanted = from_bytes(pictures)
    found = torch.cat([vae.decode(vae.encode(part)) for part in wanted.split(8)]).clamp(-1, 1)
    error = ((found - wanted) / 2).pow(2).mean((1, 2, 3))
    write_png(contact_sheet([*pictures[:12], *to_bytes(found[:12])], 12), sheet)
    return (-10 * error.log10()).median().item()


class Training:
    """The autoencoder, or its decoder alone, and the drawings that it learns from."""

    def __init__(self, options, vae):
        self.options, self.peers, self.device, self.means = options, Peers(), next(vae.parameters()).device, Means()
        pictures = load_pictures(options.data)
        self.held_back, self.pictures = pictures[:HELD_BACK], pictures[HELD_BACK:]
        self.learners, self.threads = vae, Threads(self.device)
        learnt = [parameter for parameter in vae.parameters() if parameter.requires_grad]
        self.optimizer = torch.optim.Adam(learnt, options.rate, betas=(0.9, 0.99))
        self.run = Run(options.out, options.minutes, self.device, vae=vae, optimizer=self.optimizer)

    def step(self, scale):
        set_rate(self.optimizer, self.options.rate * scale)
        whole, number = self.run.clock.progress > 1 - self.options.whole, self.options.batch
        wanted = batch_of(self.pictures, max(number // 4, 1) if whole else number, 128 if whole else 64, self.device)
        with mixed_precision(self.device):
            latents = self.learners.encode(wanted)
            found = self.learners.decode(latents + NOISE * torch.randn_like(latents))
        loss = reconstruction_loss(found.float(), wanted) + 1e-3 * latents.float().pow(2).mean()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.learners.parameters(), 1.0)
        self.optimizer.step()
        self.threads.step()
        self.means.add(loss=loss.item(), latents=latents.float().std().item())

    def show(self, path):
        print(f"PSNR {report(self.learners, self.held_back.to(self.device), path):.2f}", flush=True)


def start(options):
    """What a new run begins with."""
    device = prepare(options.device)
    vae = new_vae(device)
    if options.decoder_of:
        vae.load_state_dict(load(options.decoder_of, map_location=device))
        for fixed in (vae.encoder, vae.quant_conv):
            fixed.requires_grad_(False)
    return vae


def parse():
    parser = options_of(__doc__, "vae.pt", minutes=35, batch=8, show=800)
    parser.add_argument("--data", default="training-run/data")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--whole", type=float, default=0.3, help="share of the time for whole pictures")
    parser.add_argument("--decoder-of", help="a standardised autoencoder whose decoder alone is to learn on")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    if options.minutes == 0:
        save({"vae": start(options).state_dict()}, options.out)
    else:
        train(Training(options, start(options)), options.show)
