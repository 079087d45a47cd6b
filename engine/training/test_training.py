"""Quick checks of the scripts: python3 -m unittest"""

import os
import tempfile
import unittest

import torch

import tensor_files
from attributes import COLOUR_NAMES
from draw_data import draw_shard
from drawings import KINDS, RandomNumbers, caption, draw, held_out, sample_scene
from picture_files import read_png, write_png
from prompts import held_out_prompts
from tokenizer import Tokenizer, learn_merges


class Drawings(unittest.TestCase):
    def test_same_index_same_picture(self):
        first, second = draw_shard("test", 3, 2), draw_shard("test", 3, 2)
        self.assertTrue(torch.equal(first["pictures"], second["pictures"]))
        self.assertEqual(first["scenes"], second["scenes"])

    def test_training_never_sees_a_held_out_scene(self):
        for i in range(500):
            self.assertFalse(held_out(sample_scene(RandomNumbers("test", i))))

    def test_every_structure_shows(self):
        for kind in KINDS:
            rng = RandomNumbers(kind, 0)
            scene = sample_scene(rng, lambda s: len(s.layers) == 1 and s.layers[0].kind == kind)
            self.assertGreater(draw(scene, rng).float().std(), 5, kind)


class Prompts(unittest.TestCase):
    def test_complete_and_held_out(self):
        prompts = held_out_prompts(36)
        self.assertEqual(prompts, held_out_prompts(36))
        for prompt in prompts:
            for layer in prompt["layers"]:
                self.assertIn(layer["colour"], COLOUR_NAMES)
                if layer["kind"] != "tissue":
                    self.assertIn(layer["colour"], prompt["prompt"].replace(".", "").replace(",", "").split())


class Files(unittest.TestCase):
    def test_png_round_trip(self):
        picture = torch.randint(256, (3, 5, 7), dtype=torch.uint8)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "picture.png")
            write_png(picture, path)
            self.assertTrue(torch.equal(read_png(path), picture))

    def test_tensors_round_trip(self):
        tensors = {"b": torch.randn(3, 5).half(), "a": torch.arange(7)}
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "tensors.safetensors")
            tensor_files.save(tensors, path)
            found = tensor_files.load(path)
        self.assertTrue(all(torch.equal(found[name], tensors[name]) for name in tensors))


class Vocabulary(unittest.TestCase):
    def test_known_words_are_one_token_and_any_text_encodes(self):
        tokenizer = Tokenizer(learn_merges(["many green nuclei", "few green beads"]))
        self.assertEqual(len(tokenizer.word("nuclei")), 1)
        self.assertEqual(len(tokenizer.encode("Ünïcode 𝛼 and   many words " * 40)), 77)

    def test_captions_fit(self):
        for i in range(50):
            rng = RandomNumbers("test", i)
            self.assertLess(len(caption(sample_scene(rng), rng).split()), 40)


if __name__ == "__main__":
    unittest.main()
