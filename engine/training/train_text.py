"""Trains the text encoder to say what a caption says, before the UNet learns from it.

    python3 train_text.py --tokenizer training-run/tokenizer --minutes 5 --out training-run/text.pt

One query a structure attends to the encoder's output, as the UNet's cross-attention will,
and reads from it whether the structure is there, its colour and its count. The queries are
thrown away; what stays is an encoder in whose output these attributes lie apart.
"""


import torch
from torch import nn

import attributes
import configs
from devices import Peers, Threads, prepare
from drawings import KINDS, RandomNumbers, caption, sample_scene
from networks import ClipTextModel
from runs import Means, Run, options_of, train
from schedules import set_rate
from tokenizer import Tokenizer

RATE = 1e-3


class AttributeReader(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.queries = nn.Parameter(torch.randn(len(KINDS) + 1, width) * 0.5)
        self.per_kind = nn.Linear(width, attributes.KIND_OUTPUTS)
        self.conditions = nn.Linear(width, 3)

    def forward(self, hidden):
        weights = (self.queries @ hidden.transpose(1, 2) * hidden.shape[-1] ** -0.5).softmax(-1)
        read = weights @ hidden
        return attributes.split_heads((self.per_kind(read[:, :-1]), self.conditions(read[:, -1])))


def new_encoder(tokenizer):
    return ClipTextModel({**configs.TEXT, "vocab_size": len(tokenizer.ids)})


def captions(first, number, tokenizer, stream):
    scenes, ids = [], []
    for i in range(first, first + number):
        rng = RandomNumbers(stream, i)
        scenes.append(sample_scene(rng))
        ids.append(tokenizer.encode(caption(scenes[-1], rng)))
    return scenes, torch.tensor(ids)


class Training:
    """The encoder with its reader, and the captions they learn from."""

    def __init__(self, options):
        self.options, self.peers, self.device, self.means = options, Peers(), prepare(options.device), Means()
        self.tokenizer, self.threads = Tokenizer.load(options.tokenizer), Threads(self.device)
        self.encoder = new_encoder(self.tokenizer).to(self.device)
        self.reader = AttributeReader(configs.TEXT["hidden_size"]).to(self.device)
        self.learners = nn.ModuleList([self.encoder, self.reader])
        self.optimizer = torch.optim.AdamW(self.learners.parameters(), RATE, weight_decay=0.01)
        self.run = Run(options.out, options.minutes, self.device, encoder=self.encoder, reader=self.reader, optimizer=self.optimizer)

    def read(self, first, number, stream):
        """What the reader misses in captions, and its shares of right answers."""
        scenes, ids = captions(first, number, self.tokenizer, stream)
        return attributes.loss_and_accuracy(self.reader(self.encoder(ids.to(self.device))), attributes.targets(scenes, self.device))

    def step(self, scale):
        set_rate(self.optimizer, RATE * scale)
        loss, _ = self.read((self.run.step * self.peers.number + self.peers.rank) * self.options.batch, self.options.batch, "text")
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.learners.parameters(), 1.0)
        self.optimizer.step()
        self.threads.step()
        self.means.add(loss=loss.item())

    @torch.no_grad()
    def show(self, _):
        right = self.read(0, 512, "text test")[1]
        print("right of new captions: " + " ".join(f"{name} {value:.3f}" for name, value in right.items()), flush=True)


def parse():
    parser = options_of(__doc__, "text.pt", minutes=5, batch=64, show=400)
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    return parser.parse_args()


if __name__ == "__main__":
    options = parse()
    train(Training(options), options.show)
