"""The cases of compare.py: a pipeline of diffusers each, and what `diffuse` is to be told for the same picture."""

import dataclasses
import os
from typing import Callable

import diffusers
import numpy as np
import torch
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

PROMPT = "a photograph of an astronaut riding a horse"


@dataclasses.dataclass
class Case:
    name: str
    pipeline: Callable
    call: dict = dataclasses.field(default_factory=dict)
    command: str = "txt2img"
    more: tuple = ()
    steps: int = 6
    guidance: float = 7.5
    width: int = 64
    height: int = 64
    prompt: str = PROMPT
    dtype: torch.dtype = torch.float32
    control: tuple = ()  # scale, start and end of a ControlNet

    def save(self, pipeline, folder):
        """In the type of the case; what diffusers computes with is what was saved, in float32."""
        for part in pipeline.components.values():
            if isinstance(part, torch.nn.Module):
                torch.nn.Module.to(part, self.dtype)
        pipeline.save_pretrained(folder)
        for part in pipeline.components.values():
            if isinstance(part, torch.nn.Module):
                torch.nn.Module.to(part, torch.float32)

    def run(self, pipeline, generator, work):
        pipeline.set_progress_bar_config(disable=True)
        call = {"width": self.width, "height": self.height, **self.call}
        if self.command != "txt2img":
            picture().save(os.path.join(work, "in.png"))
            call["image"] = picture()
        if self.command == "inpaint":
            mask().save(os.path.join(work, "mask.png"))
            call["mask_image"] = mask()
        if self.command == "img2img":
            del call["width"], call["height"]
        if self.control:
            picture().save(os.path.join(work, "control.png"))
            call["image" if self.command == "txt2img" else "control_image"] = picture()
        return pipeline(self.prompt, num_inference_steps=self.steps, guidance_scale=self.guidance, generator=generator,
                        output_type="latent", **call).images

    def options(self, work):
        if not self.control:
            return self.own_options(work)
        scale, start, end = (str(value) for value in self.control)
        return [*self.own_options(work), "--controlnet", os.path.join(work, "model", "controlnet"), "--control-image",
                os.path.join(work, "control.png"), "--control-scale", scale, "--control-start", start,
                "--control-end", end]

    def own_options(self, work):
        if self.command == "txt2img":
            return ["--width", str(self.width), "--height", str(self.height), *self.more]
        options = ["--image", os.path.join(work, "in.png"), *self.more]
        if self.command == "inpaint":
            options += ["--mask", os.path.join(work, "mask.png"), "--crop", "off", "--feather", "0", "--grow", "0"]
        return options


def picture():
    y, x = np.mgrid[0:64, 0:64]
    return Image.fromarray(np.stack([4 * x, 4 * y, 2 * (x + y)], 2).astype(np.uint8))


def mask():
    values = np.zeros((64, 64), np.uint8)
    values[16:48, 24:56] = 255
    return Image.fromarray(values)


def unet(**changes):
    config = dict(sample_size=8, in_channels=4, out_channels=4, block_out_channels=(16, 32), layers_per_block=1,
                  down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
                  up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), norm_num_groups=8, attention_head_dim=2,
                  cross_attention_dim=32)
    return diffusers.UNet2DConditionModel(**{**config, **changes})


def vae(**changes):
    config = dict(block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2, latent_channels=4,
                  up_block_types=("UpDecoderBlock2D",) * 2, norm_num_groups=4)
    return diffusers.AutoencoderKL(**{**config, **changes})


def tiny_vae():
    return diffusers.AutoencoderTiny(
        encoder_block_out_channels=(8, 8), decoder_block_out_channels=(8, 8), num_encoder_blocks=(1, 2),
        num_decoder_blocks=(2, 1))


def text_config(**changes):
    config = dict(hidden_size=32, intermediate_size=64, num_hidden_layers=3, num_attention_heads=4, vocab_size=49408,
                  max_position_embeddings=77, projection_dim=32, bos_token_id=49406, eos_token_id=49407, pad_token_id=1)
    return CLIPTextConfig(**{**config, **changes})


def scheduler(name, **changes):
    config = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
    return getattr(diffusers, name)(**{**config, **changes})


def ddim(**changes):
    return scheduler("DDIMScheduler", **{"clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1, **changes})


class Models:
    """Builds pipelines around CLIP's tokenizer."""

    def __init__(self, folder):
        self.folder = folder

    def tokenizer(self, padding="<|endoftext|>"):
        return CLIPTokenizer.from_pretrained(self.folder, pad_token=padding)

    def sd(self, kind="StableDiffusionPipeline", unet=unet, vae=vae, steps=ddim, text=None, padding="<|endoftext|>",
           **more):
        parts = dict(vae=vae(), text_encoder=CLIPTextModel(text or text_config()), tokenizer=self.tokenizer(padding),
                     unet=unet(), scheduler=steps(), safety_checker=None, feature_extractor=None)
        return getattr(diffusers, kind)(**parts, **more, requires_safety_checker=False)

    def xl(self, kind="StableDiffusionXLPipeline", unet=None, steps=ddim, **changes):
        unet = unet or xl_unet
        parts = dict(vae=vae(scaling_factor=0.13025), text_encoder=CLIPTextModel(text_config()), unet=unet(),
                     text_encoder_2=CLIPTextModelWithProjection(text_config(hidden_act="gelu", projection_dim=24)),
                     tokenizer=self.tokenizer(), tokenizer_2=self.tokenizer("!"), scheduler=steps())
        return getattr(diffusers, kind)(**parts, **changes, add_watermarker=False)


def xl_unet(**changes):
    return unet(**{"cross_attention_dim": 64, "use_linear_projection": True, "addition_embed_type": "text_time",
                   "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 24 + 48,
                   "transformer_layers_per_block": (1, 2), "attention_head_dim": (2, 4),
                   "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
                   "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"), **changes})


def controlled(models, kind, make_unet=None):
    """A pipeline with a ControlNet that says something: its last convolutions are not zeros."""

    def make():
        net = (make_unet or unet)()
        control = diffusers.ControlNetModel.from_unet(net, conditioning_embedding_out_channels=(8, 16))
        for parameter in control.parameters():
            torch.nn.init.normal_(parameter, std=0.05)
        build = models.xl if "XL" in kind else models.sd
        return build(kind, unet=lambda: net, controlnet=control)

    return make


def all_cases(folder):
    models = Models(folder)
    sd, xl = models.sd, models.xl
    oblong = dict(width=48, height=40)
    lcm = lambda: scheduler("LCMScheduler")
    v_prediction = lambda: ddim(prediction_type="v_prediction", rescale_betas_zero_snr=True, timestep_spacing="trailing")
    four = ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",), ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3
    return [
        Case("sd1", sd),
        Case("sd1 oblong", sd, **oblong),
        Case("sd1 odd halves", sd, width=40, height=24),
        Case("sd1 outdated scheduler", lambda: sd(steps=lambda: ddim(clip_sample=True, steps_offset=0))),
        Case("sd1 outdated scheduler inpaint", lambda: sd(
            "StableDiffusionInpaintPipeline", steps=lambda: scheduler("PNDMScheduler", skip_prk_steps=False)),
             {"strength": 1.0}, "inpaint", ("--strength", "1", "--fill", "original")),
        Case("sd1 bfloat16", sd, dtype=torch.bfloat16),
        Case("sd1 float16", sd, dtype=torch.float16),
        Case("sd1 no guidance", sd, guidance=1.0),
        Case("sd1 four levels", lambda: sd(unet=lambda: unet(
            block_out_channels=(8, 16, 24, 24), layers_per_block=2, down_block_types=four[0], up_block_types=four[1]))),
        Case("sd1 layers differ by level", lambda: sd(unet=lambda: unet(layers_per_block=[1, 2]))),
        Case("sd1 no middle block", lambda: sd(unet=lambda: unet(mid_block_type=None))),
        Case("sd1 wide kernels", lambda: sd(unet=lambda: unet(conv_in_kernel=5, conv_out_kernel=5))),
        Case("sd1 time embedding sine first", lambda: sd(unet=lambda: unet(flip_sin_to_cos=False, freq_shift=1))),
        Case("sd1 eight latent channels", lambda: sd(
            unet=lambda: unet(in_channels=8, out_channels=8), vae=lambda: vae(latent_channels=8))),
        Case("sd1 vae without quantisation", lambda: sd(
            vae=lambda: vae(use_quant_conv=False, use_post_quant_conv=False, mid_block_add_attention=False))),
        Case("sd1 tiny autoencoder", lambda: sd(vae=tiny_vae)),
        Case("sd1 tiny autoencoder img2img", lambda: sd("StableDiffusionImg2ImgPipeline", vae=tiny_vae),
             {"strength": 0.6}, "img2img", ("--strength", "0.6")),
        Case("sd1 img2img", lambda: sd("StableDiffusionImg2ImgPipeline"), {"strength": 0.6}, "img2img",
             ("--strength", "0.6")),
        Case("sd1 inpaint", lambda: sd("StableDiffusionInpaintPipeline"), {"strength": 0.7}, "inpaint",
             ("--strength", "0.7", "--fill", "original")),
        Case("sd1 inpaint nine channels", lambda: sd(
            "StableDiffusionInpaintPipeline", unet=lambda: unet(in_channels=9)), {"strength": 1.0}, "inpaint",
             ("--strength", "1", "--fill", "original")),
        Case("sd2", lambda: sd(
            unet=lambda: unet(use_linear_projection=True, attention_head_dim=(2, 4)),
            text=text_config(hidden_act="gelu"), padding="!")),
        Case("sd2 velocity", lambda: sd(
            unet=lambda: unet(use_linear_projection=True, attention_head_dim=(2, 4)), steps=v_prediction,
            text=text_config(hidden_act="gelu"), padding="!")),
        Case("lcm", lambda: sd("LatentConsistencyModelPipeline", unet=lambda: unet(time_cond_proj_dim=16), steps=lcm),
             {"original_inference_steps": 50}, steps=4, guidance=8.5),
        Case("instructions", lambda: sd("StableDiffusionInstructPix2PixPipeline", unet=lambda: unet(in_channels=8)),
             {"image_guidance_scale": 1.5}, "img2img", ("--image-guidance", "1.5")),
        Case("controlnet", controlled(models, "StableDiffusionControlNetPipeline"), {
            "controlnet_conditioning_scale": 0.8, "control_guidance_end": 0.7}, control=(0.8, 0.0, 0.7)),
        Case("controlnet img2img", controlled(models, "StableDiffusionControlNetImg2ImgPipeline"), {
            "controlnet_conditioning_scale": 0.8, "strength": 0.6}, "img2img", ("--strength", "0.6"),
             control=(0.8, 0.0, 1.0)),
        Case("controlnet inpaint", controlled(models, "StableDiffusionControlNetInpaintPipeline"), {
            "controlnet_conditioning_scale": 0.8, "strength": 0.7}, "inpaint", ("--strength", "0.7", "--fill", "original"),
             control=(0.8, 0.0, 1.0)),
        Case("controlnet xl", controlled(models, "StableDiffusionXLControlNetPipeline", xl_unet), {
            "controlnet_conditioning_scale": 0.8}, guidance=5.0, control=(0.8, 0.0, 1.0)),
        Case("xl", xl, guidance=5.0),
        Case("xl oblong", xl, guidance=5.0, **oblong),
        Case("xl no guidance", xl, guidance=1.0),
        Case("xl empty prompt encoded", lambda: xl(force_zeros_for_empty_prompt=False), guidance=5.0),
        Case("xl layers given for the way up", lambda: xl(unet=lambda: xl_unet(
            transformer_layers_per_block=[1, [2]], reverse_transformer_layers_per_block=[[1, 2], 1])), guidance=5.0),
        Case("xl img2img", lambda: xl("StableDiffusionXLImg2ImgPipeline"), {"strength": 0.6}, "img2img",
             ("--strength", "0.6"), guidance=5.0),
        Case("xl inpaint", lambda: xl("StableDiffusionXLInpaintPipeline"), {"strength": 0.7}, "inpaint",
             ("--strength", "0.7", "--fill", "original"), guidance=5.0),
        Case("xl inpaint nine channels", lambda: xl(
            "StableDiffusionXLInpaintPipeline", unet=lambda: xl_unet(in_channels=9)), {"strength": 0.99}, "inpaint",
             ("--strength", "0.99", "--fill", "original"), guidance=5.0),
        Case("xl turbo", lambda: xl(steps=lambda: scheduler(
            "EulerAncestralDiscreteScheduler", timestep_spacing="trailing")), steps=1, guidance=0.0),
    ]
