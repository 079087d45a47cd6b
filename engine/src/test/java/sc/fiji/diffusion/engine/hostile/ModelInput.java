package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/**
 * One file of a model's folder; the others are those of the embedded model, by links, as a download's cache has them.
 *
 * @param file such as {@code unet/config.json}
 * @param broken by what is wrong with them
 * @param reader given the model's folder
 */
record ModelInput(String file, Map<String, byte[]> broken, Consumer<Path> reader) implements HostileInput {

    private static final List<String> WRONG_NUMBERS = List.of(
            "\"8\"",
            "true",
            "{}",
            "[[1]]",
            "-1",
            "0",
            "0.5",
            "2147483647",
            "2147483648",
            "1e400",
            "1e999999999",
            "1e-999999999",
            "NaN",
            "Infinity",
            "9".repeat(100_000));

    /** Every configuration of a model, and its tokenizer. */
    static List<HostileInput> all() {
        return List.of(
                index(), textEncoder(), unet(), vae(), scheduler(), vocabulary(), merges(), specials(), settings());
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
            broken.values(field, WRONG_NUMBERS.toArray(String[]::new));
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
            broken.values(field, WRONG_NUMBERS.toArray(String[]::new));
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
            broken.values(field, WRONG_NUMBERS.toArray(String[]::new));
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
        broken.values("num_train_timesteps", WRONG_NUMBERS.toArray(String[]::new));
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

    static ModelInput vocabulary() {
        Broken broken = new Broken("tokenizer/vocab.json").with(TextInput.noObject());
        String words = broken.whole().strip().substring(1);
        for (String id : List.of("-1", "0", "2147483648", "1.5", "1e3", "\"7\"", "null", "[]", "{}", "true", "NaN")) {
            broken.put("a word with the id " + id, TextInput.bytes("{\"new word\": " + id + ", " + words));
        }
        broken.put("a word twice", TextInput.bytes("{\"!\": 100000, " + words));
        broken.put("no special tokens", TextInput.bytes("{\"a\": 1}"));
        broken.put("a comment", TextInput.bytes("/* */ {" + words));
        return new ModelInput("tokenizer/vocab.json", broken.files(), ModelInput::tokenize);
    }

    static ModelInput merges() {
        Broken broken = new Broken("tokenizer/merges.txt").with(TextInput.noText());
        for (String line : List.of("a", "a b c", " a", "a ", "a  b", "\u0000", "a\tb", "x".repeat(1 << 20))) {
            String shown = line.length() > 9 ? "a very long one" : "\"" + line + "\"";
            broken.put("the line " + shown, TextInput.bytes("#version: 0.2\n" + line + "\n"));
        }
        broken.put("the version twice", TextInput.bytes("#version: 0.2\n#version: 0.2 again\n"));
        return new ModelInput("tokenizer/merges.txt", broken.files(), ModelInput::tokenize);
    }

    static ModelInput specials() {
        Broken broken = new Broken("tokenizer/special_tokens_map.json").with(TextInput.noObject());
        broken.values("bos_token", "\"not in the vocabulary\"", "{\"content\": \"not in it either\"}");
        broken.values("pad_token", "\"\\ud800\"", "\"" + "p".repeat(1 << 20) + "\"");
        return new ModelInput("tokenizer/special_tokens_map.json", broken.files(), ModelInput::tokenize);
    }

    static ModelInput settings() {
        Broken broken = new Broken("tokenizer/tokenizer_config.json").with(TextInput.noObject());
        broken.values(
                "model_max_length", "-77", "0", "1", "1.5", "NaN", "\"x\"", "[]", "[1, 2]", "{}", "true", "-1e400");
        return new ModelInput("tokenizer/tokenizer_config.json", broken.files(), ModelInput::tokenize);
    }

    private static void tokenize(Path folder) {
        ClipTokenizer tokenizer = ClipTokenizer.open(folder.resolve("tokenizer"));
        tokenizer.encode("Many GREEN nuclei, 3 bacteria's \u00e9\u4e2d\ud83d\ude00 <|endoftext|>!");
        tokenizer.vocabularySize();
    }

    @Override
    public String name() {
        return file;
    }

    @Override
    public void surround(Path folder) throws IOException {
        Path model = Models.locate(Models.EMBEDDED);
        try (Stream<Path> files = Files.walk(model)) {
            for (Path original : files.toList()) {
                Path place = folder.resolve(model.relativize(original).toString());
                if (Files.isDirectory(original)) {
                    Files.createDirectories(place);
                } else {
                    Files.createSymbolicLink(place, original.toRealPath());
                }
            }
        }
    }

    @Override
    public Map<String, byte[]> whole() {
        return Map.of("the embedded model's", TextInput.bytes(original(file)));
    }

    @Override
    public void read(Path folder) {
        reader.accept(folder);
    }

    private static String original(String file) {
        try {
            return Files.readString(Models.locate(Models.EMBEDDED).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects broken files. */
    private static final class Broken {

        private final String whole;
        private final Map<String, byte[]> files = new LinkedHashMap<>();

        Broken(String file) {
            whole = original(file);
            if (file.endsWith(".json")) {
                files.put(
                        "a key twice",
                        TextInput.bytes("{\"a\": 1, \"a\": 1, " + whole.strip().substring(1)));
            }
        }

        String whole() {
            return whole;
        }

        Broken with(Map<String, byte[]> more) {
            more.forEach(files::putIfAbsent);
            return this;
        }

        void put(String what, byte[] bytes) {
            files.put(what, bytes);
        }

        void values(String field, String... values) {
            Arrays.stream(values)
                    .forEach(value -> files.put(
                            field + " is " + (value.length() > 40 ? value.substring(0, 40) + "…" : value),
                            TextInput.with(whole, field, value)));
        }

        Map<String, byte[]> files() {
            return files;
        }
    }
}
