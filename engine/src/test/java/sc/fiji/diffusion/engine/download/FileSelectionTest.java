package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.HubName;

/** Which files are fetched of repositories as they are on the hub. */
class FileSelectionTest {

    private static final HubName NAME = HubName.parse("lab/model").orElseThrow();

    private static final List<String> SMALL = List.of(
            "model_index.json",
            "README.md",
            "scheduler/scheduler_config.json",
            "text_encoder/config.json",
            "tokenizer/merges.txt",
            "tokenizer/special_tokens_map.json",
            "tokenizer/tokenizer_config.json",
            "tokenizer/vocab.json",
            "unet/config.json",
            "vae/config.json");

    @Test
    void ofAWholeModelTheHalfPrecisionIsTakenAndNothingElse() {
        assertSelected(
                with(
                        SMALL,
                        "text_encoder/model.fp16.safetensors",
                        "unet/diffusion_pytorch_model.fp16.safetensors",
                        "vae/diffusion_pytorch_model.fp16.safetensors"),
                DownloadOptions.USUAL,
                stableDiffusion());
    }

    @Test
    void fullPrecisionCanBeAskedFor() {
        assertSelected(
                with(
                        SMALL,
                        "text_encoder/model.safetensors",
                        "unet/diffusion_pytorch_model.safetensors",
                        "vae/diffusion_pytorch_model.safetensors"),
                precision("fp32"),
                stableDiffusion());
    }

    @Test
    void averagesOfTheTrainingAreTakenOnlyWhereTheyAreNamed() {
        assertTrue(select(precision("non_ema"), stableDiffusion())
                .contains("unet/diffusion_pytorch_model.non_ema.safetensors"));
    }

    @Test
    void aPrecisionThatNoNetworkHasIsRefused() {
        assertRefused("precision: expected one that lab/model has, found bf16", precision("bf16"), stableDiffusion());
    }

    @Test
    void aNetworkWithoutThePrecisionComesInTheOtherOne() {
        List<String> all = with(
                SMALL,
                "text_encoder/model.safetensors",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.safetensors");
        assertTrue(select(DownloadOptions.USUAL, all).contains("unet/diffusion_pytorch_model.fp16.safetensors"));
        assertTrue(select(DownloadOptions.USUAL, all).contains("vae/diffusion_pytorch_model.safetensors"));
    }

    @Test
    void shardsComeWithTheirIndex() {
        List<String> all = with(
                SMALL,
                "text_encoder/model.safetensors",
                "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
                "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
                "unet/diffusion_pytorch_model.safetensors.index.json",
                "unet/diffusion_pytorch_model.bin",
                "vae/diffusion_pytorch_model.safetensors");
        List<String> expected = new ArrayList<>(all);
        expected.remove("unet/diffusion_pytorch_model.bin");
        assertSelected(expected, DownloadOptions.USUAL, all);
    }

    @Test
    void exportedModelsComeAsTheyAre() {
        List<String> all = with(
                SMALL,
                "text_encoder/model.onnx",
                "unet/model.onnx",
                "unet/model.onnx_data",
                "vae_decoder/model.onnx",
                "vae_encoder/model.onnx",
                "vae_decoder/config.json",
                "safety_checker/model.onnx");
        List<String> expected = new ArrayList<>(all);
        expected.remove("safety_checker/model.onnx");
        expected.remove("vae/config.json");
        assertSelected(expected, DownloadOptions.USUAL, all);
    }

    @Test
    void ofAControlNetTheConfigurationAndTheWeightsAreTaken() {
        assertSelected(
                List.of("README.md", "config.json", "diffusion_pytorch_model.fp16.safetensors"),
                DownloadOptions.USUAL,
                List.of(
                        "README.md",
                        "config.json",
                        "control_net_canny.py",
                        "diffusion_pytorch_model.bin",
                        "diffusion_pytorch_model.fp16.bin",
                        "diffusion_pytorch_model.fp16.safetensors",
                        "diffusion_pytorch_model.safetensors",
                        "images/canny.png"));
    }

    @Test
    void aTinyVaeComesByItsOwnName() {
        assertSelected(
                List.of("config.json", "diffusion_pytorch_model.safetensors"),
                DownloadOptions.USUAL,
                List.of(
                        "config.json",
                        "diffusion_pytorch_model.safetensors",
                        "taesd_decoder.safetensors",
                        "taesd_encoder.safetensors"));
    }

    @Test
    void aSingleFileIsTakenAndOfSeveralOneMustBeNamed() {
        assertSelected(
                List.of("lora.safetensors"), DownloadOptions.USUAL, List.of("lora.safetensors", "image.png", "a.ckpt"));
        assertRefused(
                "file: expected the name of one of the 2 files of lab/model, found none; there are a.safetensors,"
                        + " b.safetensors",
                DownloadOptions.USUAL,
                List.of("a.safetensors", "b.safetensors"));
        assertSelected(
                List.of("b.safetensors"),
                new DownloadOptions(Optional.empty(), List.of("b.safetensors")),
                List.of("a.safetensors", "b.safetensors"));
    }

    @Test
    void picklesAreRefused() {
        String sentence = "model: expected weights as *.safetensors, found only pickles in lab/model, which are refused"
                + " because opening one can run code that somebody hid in it";
        assertRefused(sentence, DownloadOptions.USUAL, List.of("model.ckpt"));
        assertRefused(
                sentence,
                DownloadOptions.USUAL,
                with(
                        SMALL,
                        "text_encoder/pytorch_model.bin",
                        "unet/diffusion_pytorch_model.bin",
                        "vae/diffusion_pytorch_model.bin"));
        assertRefused(sentence, new DownloadOptions(Optional.empty(), List.of("model.ckpt")), List.of("model.ckpt"));
    }

    @Test
    void otherFamiliesAreRefused() {
        assertRefused(
                "model: expected Stable Diffusion 1.x, 2.x or XL, which have a folder unet, found lab/model without one",
                DownloadOptions.USUAL,
                List.of("model_index.json", "transformer/diffusion_pytorch_model.safetensors"));
        assertRefused(
                "model: expected *.safetensors in lab/model, found none", DownloadOptions.USUAL, List.of("README.md"));
    }

    private static List<String> stableDiffusion() {
        return with(
                SMALL,
                ".gitattributes",
                "feature_extractor/preprocessor_config.json",
                "safety_checker/config.json",
                "safety_checker/model.fp16.safetensors",
                "safety_checker/model.safetensors",
                "safety_checker/pytorch_model.bin",
                "text_encoder/model.fp16.safetensors",
                "text_encoder/model.safetensors",
                "text_encoder/pytorch_model.bin",
                "text_encoder/flax_model.msgpack",
                "unet/diffusion_pytorch_model.bin",
                "unet/diffusion_pytorch_model.fp16.bin",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model.non_ema.safetensors",
                "unet/diffusion_pytorch_model.safetensors",
                "unet/openvino_model.xml",
                "v1-5-pruned.ckpt",
                "v1-5-pruned.safetensors",
                "vae/diffusion_pytorch_model.fp16.safetensors",
                "vae/diffusion_pytorch_model.safetensors");
    }

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static DownloadOptions precision(String precision) {
        return new DownloadOptions(Optional.of(precision), List.of());
    }

    private static List<String> select(DownloadOptions options, List<String> all) {
        List<HubFile> files = all.stream()
                .map(path -> new HubFile(path, 10, new ContentHash("a".repeat(40))))
                .toList();
        return FileSelection.of(NAME, files, options).stream()
                .map(HubFile::path)
                .sorted()
                .toList();
    }

    private static void assertSelected(List<String> expected, DownloadOptions options, List<String> all) {
        assertEquals(expected.stream().sorted().toList(), select(options, all));
    }

    private static void assertRefused(String sentence, DownloadOptions options, List<String> all) {
        assertEquals(
                sentence,
                assertThrows(RequestException.class, () -> select(options, all)).getMessage());
    }
}
