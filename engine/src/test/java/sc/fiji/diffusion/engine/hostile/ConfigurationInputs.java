package sc.fiji.diffusion.engine.hostile;

import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.network.UNet2DCondition;

/** The configurations of a model's folder. */
final class ConfigurationInputs {

    private ConfigurationInputs() {}

    static List<HostileInput> all() {
        return List.of(index(), textEncoder(), unet(), vae(), scheduler());
    }

    static ModelInput index() {
        Broken broken = new Broken("model_index.json").with(TextInput.noObject());
        broken.values("_class_name", "1", "null", "[]", "\"FluxPipeline\"", "\"" + "x".repeat(1 << 20) + "\"");
        broken.values("_guidance_scale", "\"2\"", "true", "[]", "NaN", "1e400", "-Infinity");
        return new ModelInput("model_index.json", broken.files(), folder -> {
            Checkpoint checkpoint = Checkpoint.open(folder);
            checkpoint.guidanceScale();
            checkpoint.nativeSize();
        });
    }

    static ModelInput textEncoder() {
        Broken broken = new Broken("text_encoder/config.json").with(TextInput.noObject());
        for (String field : List.of(
                "vocab_size",
                "max_position_embeddings",
                "hidden_size",
                "intermediate_size",
                "num_hidden_layers",
                "num_attention_heads")) {
            broken.values(field, Broken.WRONG_NUMBERS.toArray(String[]::new));
        }
        broken.values("num_hidden_layers", "1000000000");
        broken.values("num_attention_heads", "3");
        broken.values("layer_norm_eps", "\"x\"", "[]", "1e400");
        broken.values("hidden_act", "\"relu\"", "1");
        return new ModelInput(
                "text_encoder/config.json",
                broken.files(),
                folder -> ClipText.graph(Checkpoint.open(folder).textEncoder()));
    }

    static ModelInput unet() {
        Broken broken = new Broken("unet/config.json").with(TextInput.noObject());
        for (String field : List.of("in_channels", "norm_num_groups", "layers_per_block", "cross_attention_dim")) {
            broken.values(field, Broken.WRONG_NUMBERS.toArray(String[]::new));
        }
        for (String field : List.of("block_out_channels", "attention_head_dim", "transformer_layers_per_block")) {
            broken.values(
                    field, "[]", "[0, 0, 0]", "[64, 128]", "[2147483647, 2147483647, 2147483647]", "{}", "[null]");
        }
        broken.values("layers_per_block", "1000000000");
        broken.values("block_out_channels", "[" + "64,".repeat(100_000) + "64]");
        broken.values("down_block_types", "[]", "\"DownBlock2D\"", "[1, 2, 3]", "[\"A\\nB\", \"\", \"\"]");
        broken.values("sample_size", "0", "-8", "1e9", "[64, 64]");
        broken.values("norm_eps", "1e400", "[]");
        broken.values("freq_shift", "1e400", "\"x\"");
        return new ModelInput("unet/config.json", broken.files(), folder -> {
            Checkpoint checkpoint = Checkpoint.open(folder);
            checkpoint.nativeSize();
            UNet2DCondition.graph(checkpoint.unet());
        });
    }

    static ModelInput vae() {
        Broken broken = new Broken("vae/config.json").with(TextInput.noObject());
        for (String field : List.of("latent_channels", "norm_num_groups", "layers_per_block")) {
            broken.values(field, Broken.WRONG_NUMBERS.toArray(String[]::new));
        }
        broken.values(
                "block_out_channels", "[]", "[0]", "[" + "16,".repeat(31) + "16]", "[" + "16,".repeat(32) + "16]");
        broken.values("scaling_factor", "0", "-1", "1e400", "\"x\"", "NaN");
        broken.values("shift_factor", "1e400", "\"x\"");
        return new ModelInput("vae/config.json", broken.files(), folder -> {
            Checkpoint checkpoint = Checkpoint.open(folder);
            checkpoint.nativeSize();
            Autoencoder vae = Autoencoder.of(checkpoint.vae());
            vae.scaling();
            vae.encoderGraph();
            vae.decoderGraph();
        });
    }

    static ModelInput scheduler() {
        Broken broken = new Broken("scheduler/scheduler_config.json").with(TextInput.noObject());
        broken.values("_class_name", "null", "1", "\"MagicScheduler\"", "\"a\\nb\"");
        broken.values("num_train_timesteps", Broken.WRONG_NUMBERS.toArray(String[]::new));
        broken.values("num_train_timesteps", "2147483648");
        for (String field : List.of("beta_start", "beta_end")) {
            broken.values(field, "NaN", "Infinity", "-Infinity", "0", "1", "-0.1", "2", "1e400", "[]", "\"x\"");
        }
        broken.values("beta_schedule", "\"magic\"", "1");
        broken.values("trained_betas", "[]x", "[0.1]", "[null]", "[[0.1]]", "{}", "[" + "NaN,".repeat(999) + "NaN]");
        broken.values("steps_offset", "-1", "1001", "0.5", "NaN");
        broken.values("prediction_type", "\"flow\"", "[]");
        broken.values("thresholding", "1", "\"true\"");
        return new ModelInput("scheduler/scheduler_config.json", broken.files(), SchedulerRun::everyName);
    }
}
