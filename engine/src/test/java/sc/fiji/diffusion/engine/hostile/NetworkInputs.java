package sc.fiji.diffusion.engine.hostile;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.ControlNet;

/** Networks that stand beside a model or for all of one, in files whose tensors are as small as can be. */
final class NetworkInputs {

    private static final String CONTROLNET = "controlnet/diffusion_pytorch_model.safetensors";
    private static final String CONFIG = "controlnet/config.json";
    private static final String CONTROLNET_CONFIG = "{\"_class_name\": \"ControlNetModel\", \"in_channels\": 1,"
            + " \"block_out_channels\": [2], \"down_block_types\": [\"CrossAttnDownBlock2D\"],"
            + " \"layers_per_block\": 1, \"attention_head_dim\": 1, \"cross_attention_dim\": 2,"
            + " \"norm_num_groups\": 1, \"conditioning_embedding_out_channels\": [1, 1],"
            + " \"use_linear_projection\": true}";
    private static final String TINY = "vae/config.json";
    private static final String TINY_CONFIG = "{\"_class_name\": \"AutoencoderTiny\","
            + " \"encoder_block_out_channels\": [1, 1], \"decoder_block_out_channels\": [1, 1],"
            + " \"num_encoder_blocks\": [1, 1], \"num_decoder_blocks\": [1, 1], \"latent_channels\": 1}";

    private NetworkInputs() {}

    static List<HostileInput> all() {
        return List.of(controlNet(), tinyAutoencoder(), new SingleFileInput());
    }

    static HostileInput controlNet() {
        Map<String, byte[]> broken = new LinkedHashMap<>(new SafetensorsInput().broken());
        byte[] config = TextInput.bytes(CONTROLNET_CONFIG);
        String hint = "controlnet_cond_embedding.conv_in.weight";
        broken.put("a ControlNet of nothing", FileInput.tensors("", hint, "1"));
        broken.put("a first convolution of no size", FileInput.tensors("", hint, "1", "conv_in.weight", ""));
        broken.put("channels of none", FileInput.tensors("", hint, "1", "conv_in.weight", "1,0,3,3"));
        broken.put(
                "a first block that halves",
                FileInput.tensors(
                        "",
                        "input_hint_block.0.weight",
                        "1",
                        "input_blocks.0.0.op.weight",
                        "1",
                        "input_blocks.1.0.in_layers.0.weight",
                        "1"));
        broken.put(
                "blocks of large numbers",
                FileInput.tensors(
                        "",
                        "input_hint_block.9999.weight",
                        "1",
                        "input_blocks.9999.1.x",
                        "1",
                        "zero_convs.99999999999.0.weight",
                        "1"));
        broken.put(
                "a name twice",
                FileInput.tensors(
                        "", "control_model.input_hint_block.0.weight", "1", "input_hint_block.0.weight", "1"));
        return new WithFiles(
                new FileInput(
                        "ControlNet",
                        CONTROLNET,
                        Map.of(
                                "a small one",
                                new Asked()
                                        .with(hint, "1")
                                        .by(file -> WithFiles.in(
                                                Map.of(CONFIG, config, CONTROLNET, file),
                                                NetworkInputs::readControlNet))),
                        broken,
                        NetworkInputs::readControlNet),
                Map.of(CONFIG, config));
    }

    private static void readControlNet(Path folder) {
        Component unet = Checkpoint.open(Models.locate(Models.EMBEDDED)).unet();
        Path file = folder.resolve(CONTROLNET);
        // with the configuration beside it, and with the UNet's
        Component component = ControlNetCheckpoint.open(file).component(unet);
        ControlNet.graph(component);
        ControlNet.conditioningScaleFactor(component);
        ControlNet.poolsGlobally(new Component(unet.config(), component.weights()));
    }

    static HostileInput tinyAutoencoder() {
        Broken broken = new Broken(TINY, TINY_CONFIG).with(TextInput.noObject());
        for (String field : List.of("latent_channels", "upsampling_scaling_factor")) {
            broken.values(field, Broken.WRONG_NUMBERS.toArray(String[]::new));
        }
        for (String field : List.of(
                "encoder_block_out_channels",
                "decoder_block_out_channels",
                "num_encoder_blocks",
                "num_decoder_blocks")) {
            broken.values(
                    field,
                    "[]",
                    "[1]",
                    "[0, 1]",
                    "[1, -1]",
                    "[1, 1e9]",
                    "{}",
                    "[null, 1]",
                    "\"x\"",
                    "[2147483647, 2147483647]",
                    "[" + "1,".repeat(100_000) + "1]");
        }
        broken.values("scaling_factor", "0", "-1", "1e400", "\"x\"", "NaN");
        broken.values("act_fn", "\"silu\"", "1", "[]");
        Map<String, byte[]> whole = Map.of("a small one", TextInput.bytes(TINY_CONFIG));
        FileInput input = new FileInput("AutoencoderTiny", TINY, whole, broken.files(), NetworkInputs::readTiny);
        byte[] weights = new Asked()
                .by(file -> WithFiles.in(
                        Map.of(TINY, whole.get("a small one"), "vae/diffusion_pytorch_model.safetensors", file),
                        NetworkInputs::readTiny));
        return new WithFiles(input, Map.of("vae/diffusion_pytorch_model.safetensors", weights));
    }

    private static void readTiny(Path folder) {
        Autoencoder vae = Autoencoder.of(
                new Component(ConfigFile.read(folder.resolve(TINY)), Weights.inFolder(folder.resolve("vae"))));
        vae.scaling();
        vae.fullResolutionChannels();
        vae.encoderGraph();
        vae.decoderGraph();
    }
}
