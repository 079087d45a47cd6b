"""Quick checks of the scripts: python3 -m unittest"""

import dataclasses
import os
import tempfile
import unittest

import torch

import attributes
import configs
import tensor_files
from attributes import COLOUR_NAMES
from colour_start import lay_colour_path
from critics import Asked, Critics, PictureCritic, asked_loss, limited, shares_right
from diffusion import LEARNING_STEPS, STEPS, generate, sampler_times, signal_shares
from draw_data import draw_shard
from drawings import COUNTS, KINDS, Layer, RandomNumbers, Scene, caption, draw, held_out, sample_scene
from evaluate import as_prompts, judged, summary
from judge import Judge, load_judge, save_judge
from judge import turned as turned_picture
from networks import AutoencoderKL
from picture_files import from_bytes, read_png, write_png
from prompts import apart, held_out_prompts, refining_prompts
from runs import Run, load_run, mean_of
from symmetry import flipped, mirrored, transposed, turned
from tokenizer import Tokenizer, learn_merges
from train_unet import Conditioned

SHIPPED = "../src/main/resources/sc/fiji/diffusion/engine/hub/micrograph"


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


class Symmetries(unittest.TestCase):
    def test_latents_turn_as_their_pictures_do(self):
        vae = AutoencoderKL(configs.VAE)
        lay_colour_path(vae)
        pictures = from_bytes(draw_shard("test", 0, 4)["pictures"])
        encode = lambda pictures: vae.encode(pictures).detach()
        for change, picture in ((mirrored, pictures.flip(3)), (flipped, pictures.flip(2)),
                                (transposed, pictures.transpose(2, 3))):
            torch.testing.assert_close(encode(picture), change(encode(pictures)), rtol=0, atol=0.02)

    def test_eight_different_ones_that_keep_every_value(self):
        latents = torch.randn(1, 6, 16, 16)
        all_turned = [turned(latents, which) for which in range(8)]
        for i, one in enumerate(all_turned):
            self.assertAlmostEqual(one.abs().sum().item(), latents.abs().sum().item(), places=1)
            self.assertFalse(any(torch.equal(one, other) for other in all_turned[:i]))


class Prompts(unittest.TestCase):
    def test_complete_and_held_out(self):
        prompts = held_out_prompts(36)
        self.assertEqual(prompts, held_out_prompts(36))
        for prompt in prompts:
            for layer in prompt["layers"]:
                self.assertIn(layer["colour"], COLOUR_NAMES)
                if layer["kind"] != "tissue":
                    self.assertIn(layer["colour"], prompt["prompt"].replace(".", "").replace(",", "").split())


class Refining(unittest.TestCase):
    def test_its_prompts_are_never_held_out_and_mostly_of_several_structures(self):
        scenes, ids = refining_prompts(200, Tokenizer(learn_merges(["many green nuclei"])), 3)
        self.assertEqual(ids.shape, (200, 77))
        told = [dataclasses.replace(scene, layers=(layer,)) for scene in scenes for layer in scene.layers if layer.colour and layer.count]
        self.assertGreater(len(told), 100)
        self.assertFalse(any(held_out(scene) for scene in told))
        self.assertGreater(sum(len(scene.layers) > 1 for scene in scenes), 100)

    def test_each_step_of_refining_has_prompts_of_its_own(self):
        tokenizer = Tokenizer.load(os.path.join(SHIPPED, "tokenizer"))
        first, second = ({tuple(row) for row in refining_prompts(60, tokenizer, step)[1].tolist()} for step in (3, 4))
        self.assertLess(len(first & second), 5)

    def test_what_its_prompts_leave_out_is_not_asked_about(self):
        scene, left_out = Scene((Layer("beads", "red", "few"), Layer("yeast", "blue", "many"))), set()
        for i in range(40):
            told = apart(scene, RandomNumbers("apart", i))
            beads, wanted = told.layers[0], attributes.targets([told])
            asked = {name: wanted[name][0, KINDS.index("beads")].item() for name in ("colour", "count")}
            self.assertEqual(asked, {"colour": COLOUR_NAMES.index("red") if beads.colour else attributes.ABSENT,
                                     "count": COUNTS.index("few") if beads.count else attributes.ABSENT})
            words = caption(told, RandomNumbers("words", i), complete=True)
            self.assertEqual("red" in words.split(), beads.colour is not None)
            left_out.add((beads.colour, beads.count))
        self.assertEqual(left_out, {("red", "few"), ("red", None), (None, "few")})

    def test_sampler_times_fall_from_the_last_one(self):
        for seed in range(20):
            torch.manual_seed(seed)
            times = sampler_times()
            self.assertEqual(times[0].item(), STEPS - 1)
            self.assertTrue((times.diff() < 0).all())

    def test_a_network_that_knows_the_picture_draws_it_and_some_steps_learn(self):
        shares, picture, learning = signal_shares(), torch.randn(2, 6, 16, 16), []
        known = torch.nn.Parameter(picture)

        def unet(x, timesteps, context):
            learning.append(torch.is_grad_enabled())
            share = shares[timesteps[0]]
            return (share.sqrt() * x - known) / (1 - share).sqrt()

        found = generate(unet, torch.zeros(2, 77, 128), torch.zeros(1, 77, 128), 2.0, shares)
        torch.testing.assert_close(found, shares[0].sqrt() * picture, rtol=0, atol=0.05)
        self.assertEqual(sum(learning), LEARNING_STEPS)
        found.sum().backward()
        self.assertGreater(known.grad.abs().min().item(), 0)

    def test_critics_miss_nothing_where_all_is_right_and_one_colour_where_it_is_wrong(self):
        scenes = draw_shard("test", 0, 8)["scenes"]
        wanted = attributes.targets(scenes)
        sure = lambda classes, number: 20 * torch.nn.functional.one_hot(classes.clamp_min(0), number).float()
        right = {"presence": 40 * wanted["presence"] - 20,
                 "colour": sure(wanted["colour"], len(COLOUR_NAMES)), "count": sure(wanted["count"], len(COUNTS))}
        self.assertLess(asked_loss(right, wanted).item(), 1e-3)
        self.assertEqual(shares_right(right, wanted), {"colour": 1.0, "count": 1.0, "structure": 1.0, "unasked": 0.0})
        self.assertGreater(asked_loss({**right, "colour": -right["colour"]}, wanted).item(), 10)

    def test_a_critic_of_pictures_leads_back_to_latents(self):
        asked, vae = Asked(PictureCritic(Judge(), ways=3), torch.device("cpu")), AutoencoderKL(configs.VAE)
        latents, wanted = torch.randn(2, 6, 16, 16).requires_grad_(), attributes.targets([sample_scene(RandomNumbers("test", i)) for i in range(2)])
        pictures = vae.decode(latents)
        self.assertEqual([outputs["presence"].shape for outputs in asked.views(pictures)], 3 * [(2, len(KINDS))])
        _, loss, gradient = asked.asked(pictures, wanted)
        pictures.backward(gradient)
        self.assertGreater(loss, 0)
        self.assertGreater(latents.grad.abs().amax((1, 2, 3)).min().item(), 0)

    def test_several_critics_look_at_the_same_pictures_each_in_its_ways(self):
        torch.manual_seed(0)
        critics, pictures = [PictureCritic(Judge().eval(), ways) for ways in (2, 1)], from_bytes(draw_shard("test", 0, 1)["pictures"])
        torch.manual_seed(1)
        apart = [view["presence"] for critic in critics for view in critic.views(pictures)]
        torch.manual_seed(1)
        torch.testing.assert_close([view["presence"] for view in Critics(critics).views(pictures)], apart)
        self.assertEqual(len(apart), 3)

    def test_an_answer_that_nothing_can_be_learnt_from_is_refused(self):
        class Blind(torch.nn.Module):
            def views(self, pictures):
                here = 0 * pictures.sum()
                return [{"presence": torch.zeros(1, len(KINDS)) + here, "colour": torch.zeros(1, len(KINDS), len(COLOUR_NAMES)) + here,
                         "count": torch.zeros(1, len(KINDS), len(COUNTS)) + here}]

        wanted = attributes.targets([sample_scene(RandomNumbers("test", 0))])
        with self.assertRaisesRegex(ArithmeticError, "no gradient"):
            Asked(Blind(), torch.device("cpu")).asked(torch.randn(1, 3, 128, 128), wanted)

    def test_no_picture_has_more_say_than_another_whose_loss_changes_as_fast(self):
        gradient = torch.tensor([100.0, 2.0, 0.5])[:, None, None, None].expand(3, 1, 1, 1) / 3
        torch.testing.assert_close(3 * limited(gradient).flatten(), torch.tensor([1.0, 1.0, 0.5]))

    def test_the_eight_ways_to_turn_a_picture_differ(self):
        picture = torch.arange(9.0).view(1, 1, 3, 3)
        self.assertEqual(len({tuple(turned_picture(picture, i).flatten().tolist()) for i in range(8)}), 8)


class Classifiers(unittest.TestCase):
    def test_those_that_lie_here_tell_what_new_drawings_show(self):
        shard = draw_shard("test", 0, 32)
        for name in ("judge", "critic", "critic2"):
            right = summary(list(judged(load_judge(f"{name}.safetensors"), shard["pictures"], as_prompts(shard["scenes"]))))
            for attribute in ("structure", "colour", "count"):
                self.assertGreater(right[attribute], 0.85, f"{name}: {attribute}")

    def test_a_judge_is_kept(self):
        judge, pictures = Judge().eval(), draw_shard("test", 0, 2)["pictures"]
        with tempfile.TemporaryDirectory() as folder:
            save_judge(judge, os.path.join(folder, "judge.safetensors"))
            again = load_judge(os.path.join(folder, "judge.safetensors"))
        for name, found in judge(pictures).items():
            torch.testing.assert_close(again(pictures)[name], found, rtol=0.02, atol=0.02)


class Runs(unittest.TestCase):
    def test_a_new_one_can_begin_with_the_model_that_ships(self):
        state, vae = load_run(SHIPPED), AutoencoderKL(configs.VAE)
        Conditioned(Tokenizer.load(os.path.join(SHIPPED, "tokenizer"))).load_state_dict(state["average"])
        vae.load_state_dict(state["vae"])
        pictures = from_bytes(draw_shard("test", 0, 2)["pictures"])
        with torch.no_grad():
            self.assertLess((vae.decode(vae.encode(pictures)) - pictures).square().mean().item(), 0.04)

    def test_the_mean_of_two_has_weights_between_theirs(self):
        run = lambda value: {part: {"weight": torch.full((2,), value)} for part in ("average", "vae")}
        torch.testing.assert_close(mean_of(run(1.0), run(3.0), 0.6)["vae"]["weight"], torch.full((2,), 2.2))

    def test_a_run_goes_on_where_it_was_cut_off(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "run.pt")
            first, second = torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)
            run = Run(path, 60, "cpu", network=first)
            run.step = 7
            run.save()
            again = Run(path, 60, "cpu", network=second)
        self.assertEqual(again.step, 7)
        self.assertGreaterEqual(again.clock.spent, 0)
        self.assertTrue(torch.equal(first.weight, second.weight))


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
