package sc.fiji.diffusion.engine.hostile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;

/** A whole model in one file under the original names: those of its tensors that show what it is, with little in them. */
record SingleFileInput() implements HostileInput {

    private static final String UNET = "model.diffusion_model.";
    private static final String VAE = "first_stage_model.";
    private static final String OPEN_CLIP = "cond_stage_model.model.";
    private static final String LAYER = OPEN_CLIP + "transformer.resblocks.0.";

    @Override
    public String name() {
        return "single file";
    }

    @Override
    public String file() {
        return "model.safetensors";
    }

    @Override
    public Map<String, byte[]> whole() {
        return Map.of(
                "Stable Diffusion 1",
                first("'__metadata__':{'modelspec.resolution':'512x512','modelspec.prediction_type':'epsilon'}"),
                "Stable Diffusion 2",
                second("", "192,64", "192"));
    }

    private static byte[] first(String metadata) {
        String clip = "cond_stage_model.transformer.text_model.";
        return file(
                metadata,
                List.of(
                        clip + "embeddings.token_embedding.weight", "2,64",
                        clip + "embeddings.position_embedding.weight", "2,64",
                        clip + "encoder.layers.0.mlp.fc1.weight", "1,64"));
    }

    private static byte[] second(String metadata, String packed, String bias) {
        return file(
                metadata,
                List.of(
                        OPEN_CLIP + "token_embedding.weight", "2,64",
                        OPEN_CLIP + "positional_embedding", "2,64",
                        LAYER + "mlp.c_fc.weight", "1,64",
                        LAYER + "attn.in_proj_weight", packed,
                        LAYER + "attn.in_proj_bias", bias));
    }

    private static byte[] file(String metadata, List<String> textEncoder) {
        List<String> tensors = new ArrayList<>(textEncoder);
        tensors.addAll(List.of(
                UNET + "input_blocks.0.0.weight", "1,4,1,1",
                UNET + "input_blocks.1.0.out_layers.3.weight", "64,1,1,1",
                UNET + "middle_block.1.proj_in.weight", "1,1",
                UNET + "middle_block.1.transformer_blocks.0.attn2.to_k.weight", "1,1",
                UNET + "output_blocks.0.0.out_layers.3.weight", "64,1,1,1",
                UNET + "output_blocks.1.0.out_layers.3.weight", "64,1,1,1",
                UNET + "out.2.weight", "4,1,1,1",
                VAE + "encoder.down.0.block.0.conv1.weight", "1,1,1,1",
                VAE + "encoder.conv_in.weight", "1,3,1,1",
                VAE + "decoder.up.0.block.0.conv1.weight", "1,1,1,1",
                VAE + "decoder.conv_in.weight", "1,4,1,1",
                VAE + "decoder.conv_out.weight", "3,1,1,1"));
        return FileInput.tensors(metadata, tensors.toArray(String[]::new));
    }

    @Override
    public Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>(new SafetensorsInput().broken());
        broken.put("query, key and value of two rows", second("", "2,64", "192"));
        broken.put("query, key and value of no size", second("", "", "192"));
        broken.put("a bias of four numbers", second("", "192,64", "4"));
        broken.put(
                "hidden states of no multiple of 64", file("", List.of(OPEN_CLIP + "token_embedding.weight", "2,3")));
        broken.put("no text encoder", file("", List.of()));
        broken.put(
                "a file's names alone",
                FileInput.tensors(
                        "", UNET + "input_blocks.0.0.weight", "", OPEN_CLIP + "x", "", VAE + "encoder.down.0.x", ""));
        broken.put(
                "a first convolution of no size",
                FileInput.tensors(
                        "",
                        UNET + "input_blocks.0.0.weight",
                        "",
                        UNET + "input_blocks.1.0.out_layers.3.weight",
                        "64",
                        OPEN_CLIP + "x",
                        "",
                        VAE + "encoder.down.0.x",
                        "",
                        VAE + "decoder.up.0.x",
                        ""));
        return broken;
    }

    @Override
    public void read(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder.resolve(file()));
        checkpoint.nativeSize();
        checkpoint.guidanceScale();
        checkpoint.scheduler();
        checkpoint.unet().weights().float32Bytes();
    }
}
