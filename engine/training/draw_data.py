"""Draws a data set and stores it in shards: uint8 pictures and their scenes.

    python3 draw_data.py --stream train --count 32768 --out training-run/data
    python3 draw_data.py --stream judge --count 12288 --out training-run/data --everything

Several processes may draw at once, each with its own --first and --count.
"""

import argparse
import os
import time

import torch

from devices import save
from drawings import RandomNumbers, caption, draw, sample_scene
from picture_files import contact_sheet, write_png


def draw_shard(stream, first, count, everything=False):
    """Drawings `first` to `first + count` of a stream; only those of training, or of everything."""
    scenes, pictures = [], []
    for i in range(first, first + count):
        rng = RandomNumbers(stream, i)
        scenes.append(sample_scene(rng, *([lambda scene: True] if everything else [])))
        pictures.append(draw(scenes[-1], rng))
    return {"pictures": torch.stack(pictures), "scenes": scenes}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--stream", default="train")
    parser.add_argument("--first", type=int, default=0, help="number of the first shard")
    parser.add_argument("--count", type=int, default=32768)
    parser.add_argument("--shard", type=int, default=2048)
    parser.add_argument("--everything", action="store_true", help="draw held-out combinations too")
    parser.add_argument("--out", default="training-run/data")
    parser.add_argument("--sheet", help="draw a contact sheet of 48 pictures into this PNG instead")
    options = parser.parse_args()
    torch.set_num_threads(1)  # small arrays: more processes are faster than more threads
    if options.sheet:
        shard = draw_shard(options.stream, 0, 48, options.everything)
        for i, scene in enumerate(shard["scenes"]):
            print(i, caption(scene, RandomNumbers("words", i)))
        return write_png(contact_sheet(list(shard["pictures"]), 8), options.sheet)
    for shard in range(options.first, options.first + -(-options.count // options.shard)):
        start, path = time.time(), os.path.join(options.out, f"{options.stream}-{shard:04}.pt")
        save(draw_shard(options.stream, shard * options.shard, options.shard, options.everything), path)
        print(f"{path}: {(time.time() - start) / options.shard * 1e3:.1f} ms a picture", flush=True)


if __name__ == "__main__":
    main()
