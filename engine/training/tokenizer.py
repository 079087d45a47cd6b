"""A byte-pair vocabulary of our own in CLIP's file format, and its encoder.

    python3 tokenizer.py --out training-run/tokenizer

The merges are learnt from captions, so that each of their words is one token; the single
bytes are all there, so that any text can be encoded.
"""

import argparse
import collections
import functools
import json
import os
import re

LENGTH = 77
START, END = "<|startoftext|>", "<|endoftext|>"
WORDS = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|[^\s\w]+|_+")


def byte_symbols():
    """A printable character for each byte, in the order in which vocabularies list them."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    symbols = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in symbols:
            symbols[byte] = chr(256 + len(symbols) - len(printable))
    return symbols


def words(text):
    return WORDS.findall(" ".join(text.split()).lower())


def merged(symbols, pair):
    out, i = [], 0
    while i < len(symbols):
        joined = i + 1 < len(symbols) and (symbols[i], symbols[i + 1]) == pair
        out.append(symbols[i] + symbols[i + 1] if joined else symbols[i])
        i += 2 if joined else 1
    return tuple(out)


def learn_merges(texts):
    """The most frequent neighbours become one symbol, again and again, until each word is one."""
    symbols = byte_symbols()
    counts = collections.Counter()
    for text in texts:
        for word in words(text):
            spelt = [symbols[byte] for byte in word.encode()]
            counts[(*spelt[:-1], spelt[-1] + "</w>")] += 1
    merges = []
    while True:
        pairs = collections.Counter()
        for word, count in counts.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += count
        if not pairs:
            return merges
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        counts = collections.Counter({merged(word, best): count for word, count in counts.items()})


class Tokenizer:
    def __init__(self, merges):
        symbols = list(byte_symbols().values())
        tokens = symbols + [s + "</w>" for s in symbols] + ["".join(pair) for pair in merges] + [START, END]
        self.merges, self.ids = merges, {token: i for i, token in enumerate(tokens)}
        self.ranks, self.symbols = {pair: i for i, pair in enumerate(merges)}, byte_symbols()
        self.word = functools.lru_cache(10000)(self._word)

    @classmethod
    def load(cls, folder):
        with open(os.path.join(folder, "merges.txt"), encoding="utf-8") as file:
            return cls([tuple(line.split()) for line in file.read().split("\n")[1:] if line])

    def _word(self, word):
        spelt = [self.symbols[byte] for byte in word.encode()]
        spelt = (*spelt[:-1], spelt[-1] + "</w>")
        while len(spelt) > 1:
            best = min(zip(spelt, spelt[1:]), key=lambda pair: self.ranks.get(pair, len(self.ranks)))
            if best not in self.ranks:
                break
            spelt = merged(spelt, best)
        return [self.ids[symbol] for symbol in spelt]

    def encode(self, text):
        """77 ids: start, the text, end; then end again as padding."""
        ids = [i for word in words(text) for i in self.word(word)][: LENGTH - 2]
        return [self.ids[START], *ids] + [self.ids[END]] * (LENGTH - 1 - len(ids))

    def save(self, folder):
        os.makedirs(folder, exist_ok=True)
        marker = {"lstrip": False, "normalized": True, "rstrip": False, "single_word": False}
        special = {"bos_token": {"content": START, **marker}, "eos_token": {"content": END, **marker},
                   "pad_token": END, "unk_token": {"content": END, **marker}}
        settings = {"add_prefix_space": False, **special, "do_lower_case": True, "errors": "replace",
                    "model_max_length": LENGTH, "tokenizer_class": "CLIPTokenizer"}
        write = lambda name: open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n")
        with write("merges.txt") as file:
            file.write("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in self.merges))
        for name, content in (("vocab", self.ids), ("special_tokens_map", special), ("tokenizer_config", settings)):
            with write(name + ".json") as file:
                json.dump(content, file, ensure_ascii=False, indent=None if name == "vocab" else 2)


def main():
    from drawings import RandomNumbers, caption, sample_scene

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--captions", type=int, default=20000)
    parser.add_argument("--out", default="training-run/tokenizer")
    options = parser.parse_args()
    texts = []
    for i in range(options.captions):
        rng = RandomNumbers("captions", i)
        texts.append(caption(sample_scene(rng), rng))
    tokenizer = Tokenizer(learn_merges(texts))
    tokenizer.save(options.out)
    print(f"{len(tokenizer.merges)} merges, {len(tokenizer.ids)} tokens; longest caption "
          f"{max(sum(len(tokenizer.word(w)) for w in words(t)) for t in texts)} tokens")


if __name__ == "__main__":
    main()
