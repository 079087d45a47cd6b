"""Trains the text encoder to say what a caption says, before the UNet learns from it.

    python3 train_text.py --tokenizer training-run/tokenizer --minutes 5 --out training-run/text.pt

One query a structure attends to the encoder's output, as the UNet's cross-attention will,
and reads from it whether the structure is there, its colour and its count. The queries are
thrown away; what stays is an encoder in whose output these attributes lie apart.
"""

import argparse

import torch
from torch import nn

import attributes
import configs
from devices import Threads, prepare, save
from drawings import KINDS, RandomNumbers, caption, sample_scene
from networks import ClipTextModel
from schedules import Clock, learning_rate, set_rate
from tokenizer import Tokenizer


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tokenizer", default="training-run/tokenizer")
    parser.add_argument("--out", default="training-run/text.pt")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    device, tokenizer = prepare(options.device), Tokenizer.load(options.tokenizer)
    encoder = new_encoder(tokenizer).to(device)
    reader = AttributeReader(configs.TEXT["hidden_size"]).to(device)
    parameters = [*encoder.parameters(), *reader.parameters()]
    optimizer, clock, step = torch.optim.AdamW(parameters, 1e-3, weight_decay=0.01), Clock(options.minutes), 0
    threads = Threads(device)
    while clock.progress < 1:
        set_rate(optimizer, learning_rate(1e-3, step, clock.progress))
        scenes, ids = captions(step * options.batch, options.batch, tokenizer, "text")
        loss, right = attributes.loss_and_accuracy(reader(encoder(ids.to(device))), attributes.targets(scenes, device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        threads.step()
        step += 1
        if step % 100 == 0 or clock.progress == 1:
            print(f"step {step} minute {clock.spent / 60:.1f} loss {loss.item():.3f} "
                  + " ".join(f"{name} {value:.2f}" for name, value in right.items()), flush=True)
    save({"encoder": encoder.state_dict()}, options.out)


if __name__ == "__main__":
    main()
