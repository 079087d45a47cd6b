package sc.fiji.diffusion.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.PngText;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Provenances;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.provenance.Texts;

/** What files tell: ours, and those of other tools. */
class PictureMetadataTest {

    private static final Size SIZE = new Size(512, 768);

    @TempDir
    private Path folder;

    private PictureMetadata metadata(PngText... texts) {
        Path file = folder.resolve("a.png");
        PngFile.write(new RgbImage(2, 1, new float[6]), List.of(texts), file);
        return PictureMetadata.read(file);
    }

    private static Provenance made(String prompt, String negative, Task task, boolean isSingleFile) {
        Provenance full = Provenances.full();
        return new Provenance(
                task,
                new Texts(prompt, negative, PromptSyntax.WEIGHTED, 1),
                new Sampling(SIZE, SIZE, 20, 7, "dpmpp_2m_karras", Optional.empty(), 1, 1),
                new Model(
                        "model",
                        "0123456789abcdef",
                        isSingleFile,
                        Optional.empty(),
                        full.model().adapters(),
                        List.of()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                full.computation(),
                full.created());
    }

    @Test
    void ourOwnIsReadBackWhole() {
        History history = History.NONE.and(Provenances.full());
        PictureMetadata read = metadata(PictureMetadata.texts(history).toArray(PngText[]::new));
        assertEquals(history, read.history());
        assertTrue(read.isOurs());
        assertEquals("Diffusion for Fiji 0.1.0", read.software());
    }

    @Test
    void aPictureIsMarkedAsMadeByAModelAndAsCompositeWhereSomethingMayBeMeasured() {
        Provenance text = made("a", "", new Task.TextToImage(), true);
        for (Task task : List.of(new Task.TextToImage(), new Task.ImageToImage(0.5), new Task.Upscaling(1, 128, 0.1))) {
            assertEquals(
                    Optional.of("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
                    sourceType(History.NONE.and(text.withTask(task))));
        }
        Task inpainting = new Task.Inpainting(1, Optional.empty(), Optional.empty());
        assertEquals(
                Optional.of("http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"),
                sourceType(History.NONE.and(text.withTask(inpainting))));
        assertEquals(
                Optional.of("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
                sourceType(History.NONE.and(text).and(text.withTask(inpainting))),
                "inpainted in what was made by a model");
    }

    private Optional<String> sourceType(History history) {
        return metadata(PictureMetadata.texts(history).toArray(PngText[]::new)).sourceType();
    }

    @Test
    void parametersAreWrittenAsTheWebuiWritesThem() {
        assertEquals(
                "a cell, red\nNegative prompt: ugly\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7,"
                        + " Seed: 1, Size: 512x768, Model hash: 0123456789, Model: model, Denoising strength: 0.75,"
                        + " Clip skip: 2, Lora hashes: \"ink: bbbbbbbbbb\", TI hashes: \"ugly: cccccccccc\","
                        + " Version: Diffusion for Fiji 0.1.0",
                WebuiParameters.write(made("a cell, red", "ugly", new Task.ImageToImage(0.75), true)));
    }

    @Test
    void aFoldersHashIsNoFilesHash() {
        String text = WebuiParameters.write(made("a", "", new Task.TextToImage(), false));
        assertFalse(text.contains("Model hash"), text);
        assertFalse(text.contains("Negative prompt"), text);
    }

    @Test
    void whatTheWebuiWritesIsRead() {
        PictureMetadata read = metadata(new PngText(
                "parameters",
                "masterpiece, <lora:ink:0.8> (cell:1.2)\nsecond line\nNegative prompt: ugly,\nblurry\n"
                        + "Steps: 28, Sampler: Euler a, CFG scale: 7.5, Seed: 1234567890, Size: 640x832, Model hash:"
                        + " 6CE0161689, Model: v1-5-pruned, Clip skip: 2, Lora hashes: \"ink: 0123, b: 45\","
                        + " Version: v1.10.1"));
        Provenance made = read.history().last();
        assertEquals("AUTOMATIC1111 webui v1.10.1", read.software());
        assertFalse(read.isOurs());
        assertEquals("masterpiece, <lora:ink:0.8> (cell:1.2)\nsecond line", made.prompt());
        assertEquals("ugly,\nblurry", made.texts().negativePrompt());
        assertEquals(1, made.texts().clipSkip());
        assertEquals(
                new Sampling(
                        new Size(640, 832), new Size(640, 832), 28, 7.5, "euler_a", Optional.empty(), 1234567890, 1),
                made.sampling());
        assertEquals("6ce0161689", made.model().sha256());
        assertEquals("v1-5-pruned", made.model().name());
        assertEquals(new Task.TextToImage(), made.task());
        assertFalse(made.text().contains("Diffusion for Fiji"), made.text());
        assertTrue(made.text().startsWith("Generated: by AUTOMATIC1111 webui v1.10.1 (not measured)"), made.text());
    }

    @Test
    void schedulersAreFoundByAnybodysName() {
        assertEquals("dpmpp_2m_karras", SamplerName.toScheduler("DPM++ 2M Karras", ""));
        assertEquals("dpmpp_2m_karras", SamplerName.toScheduler("DPM++ 2M", "Karras"));
        assertEquals("dpmpp_2m_karras", SamplerName.toScheduler("dpmpp_2m", "karras"));
        assertEquals("euler_a", SamplerName.toScheduler("euler_ancestral", "normal"));
        assertEquals("euler", SamplerName.toScheduler("Euler", "Automatic"));
        assertEquals("lms", SamplerName.toScheduler("k_lms", ""));
        assertEquals("Restart", SamplerName.toScheduler("Restart", ""));
    }

    @Test
    void whatInvokeWritesIsRead() {
        Provenance made = metadata(new PngText(
                        "invokeai_metadata",
                        "{\"app_version\":\"4.2\",\"positive_prompt\":\"a cell\",\"negative_prompt\":\"ugly\",\"width\":512,"
                                + "\"height\":640,\"seed\":42,\"cfg_scale\":7.5,\"steps\":30,\"scheduler\":\"dpmpp_2m_k\","
                                + "\"model\":{\"name\":\"sd15\",\"hash\":\"blake3:00\"}}"))
                .history()
                .last();
        assertEquals(
                List.of("a cell", "ugly"), List.of(made.prompt(), made.texts().negativePrompt()));
        assertEquals(
                new Sampling(
                        new Size(512, 640), new Size(512, 640), 30, 7.5, "dpmpp_2m_karras", Optional.empty(), 42, 1),
                made.sampling());
        assertEquals("sd15", made.model().name());
        Provenance older = metadata(new PngText(
                        "sd-metadata",
                        "{\"model_weights\":\"sd-1.4\",\"image\":{\"prompt\":[{\"prompt\":\"a cell\",\"weight\":1}],"
                                + "\"steps\":50,\"seed\":7,\"cfg_scale\":8,\"sampler\":\"k_euler_a\",\"width\":512,"
                                + "\"height\":512}}"))
                .history()
                .last();
        assertEquals("a cell", older.prompt());
        assertEquals("euler_a", older.sampling().scheduler());
        Provenance dream = metadata(
                        new PngText("Dream", "\"a \\\"red\\\" cell\" -s 50 -S 9 -W 512 -H 256 -C 7.5 -A k_lms"))
                .history()
                .last();
        assertEquals(new Size(512, 256), dream.sampling().size());
        assertEquals(List.of(50L, 9L), List.of((long) dream.sampling().steps(), dream.seed()));
        assertEquals("lms", dream.sampling().scheduler());
    }

    @Test
    void aGraphOfComfysIsReadAsFarAsItIsCommon() {
        Provenance made = metadata(new PngText(
                        "prompt",
                        "{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":156680208700286,\"steps\":20,\"cfg\":8,"
                                + "\"sampler_name\":\"euler\",\"scheduler\":\"normal\",\"denoise\":1,\"model\":[\"10\",0],"
                                + "\"positive\":[\"6\",0],\"negative\":[\"7\",0],\"latent_image\":[\"5\",0]}},"
                                + "\"4\":{\"class_type\":\"CheckpointLoaderSimple\",\"inputs\":{\"ckpt_name\":"
                                + "\"SD1/v1-5.safetensors\"}},"
                                + "\"10\":{\"class_type\":\"LoraLoader\",\"inputs\":{\"model\":[\"4\",0]}},"
                                + "\"5\":{\"class_type\":\"EmptyLatentImage\",\"inputs\":{\"width\":512,\"height\":768}},"
                                + "\"6\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a cell\"}},"
                                + "\"7\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":[\"8\",0]}},"
                                + "\"8\":{\"class_type\":\"Text\",\"inputs\":{\"text\":\"ugly\"}}}"))
                .history()
                .last();
        assertEquals(
                List.of("a cell", "ugly"), List.of(made.prompt(), made.texts().negativePrompt()));
        assertEquals("v1-5", made.model().name());
        assertEquals(new Sampling(SIZE, SIZE, 20, 8, "euler", Optional.empty(), 156680208700286L, 1), made.sampling());
    }

    @Test
    void graphsInCirclesAndOtherSurprisesEnd() {
        for (String graph : List.of(
                "{\"1\":{\"class_type\":\"KSampler\",\"inputs\":{\"positive\":[\"1\",0],\"model\":[\"1\",0]}}}",
                "{\"1\":{\"class_type\":\"KSampler\",\"inputs\":{\"positive\":[[]],\"seed\":1e99}}}",
                "{\"1\":{\"class_type\":\"KSampler\"}}")) {
            assertEquals(
                    "", metadata(new PngText("prompt", graph)).history().last().prompt());
        }
        assertTrue(metadata(new PngText("prompt", "a cell")).isEmpty());
        assertTrue(metadata(new PngText("parameters", "a cell")).isEmpty());
    }

    @Test
    void aJpegsUserCommentAndXmpAreRead() throws IOException {
        byte[] comment = "a 细 cell\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 5, Size: 512x512"
                .getBytes(StandardCharsets.UTF_16BE);
        ByteArrayOutputStream exif = new ByteArrayOutputStream();
        exif.writeBytes("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        exif.writeBytes(new byte[] {0, 0, 0, 8, 0, 1, (byte) 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0});
        exif.writeBytes(new byte[] {0, 1, (byte) 0x92, (byte) 0x86, 0, 7, 0, 0, 0, (byte) (comment.length + 8)});
        exif.writeBytes(new byte[] {0, 0, 0, 44, 0, 0, 0, 0});
        exif.writeBytes("UNICODE\0".getBytes(StandardCharsets.US_ASCII));
        exif.writeBytes(comment);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
        segment(jpeg, exif.toByteArray());
        String xmp = Xmp.packet(History.NONE.and(Provenances.full()));
        segment(jpeg, ("http://ns.adobe.com/xap/1.0/\0" + xmp).getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("a.jpg"), jpeg.toByteArray());
        PictureMetadata read = PictureMetadata.read(file);
        assertEquals("a 细 cell", read.history().last().prompt());
        assertEquals(5, read.history().last().seed());
        assertTrue(read.sourceType().orElseThrow().endsWith("/compositeWithTrainedAlgorithmicMedia"));
    }

    @Test
    void aJpegIsMarkedAndItsOtherBytesStay() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "jpg", plain);
        Provenance endless = made("&".repeat(100_000), "", new Task.TextToImage(), true);
        byte[] told = PictureMetadata.inJpeg(plain.toByteArray(), History.NONE.and(endless));
        Path file = Files.write(folder.resolve("a.jpg"), told);
        assertTrue(PictureMetadata.read(file).sourceType().orElseThrow().endsWith("/trainedAlgorithmicMedia"));
        assertEquals(20, ImageIO.read(file.toFile()).getWidth());
        int added = told.length - plain.size();
        byte[] rest = new byte[plain.size()];
        System.arraycopy(told, 0, rest, 0, 20);
        System.arraycopy(told, 20 + added, rest, 20, rest.length - 20);
        assertArrayEquals(plain.toByteArray(), rest, "JFIF's segment has 16 bytes");
    }

    private static void segment(ByteArrayOutputStream jpeg, byte[] data) {
        int length = data.length + 2;
        jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
        jpeg.writeBytes(data);
    }

    @Test
    void xmpIsWellFormedWhateverThePromptAndNothingIsFetchedFromIt() {
        Provenance nasty = made("]]><x>&\"\u0001\uFFFF 😀 细", "", new Task.TextToImage(), true);
        String packet = Xmp.packet(History.NONE.and(nasty));
        assertTrue(Xmp.sourceType(packet).isPresent(), packet);
        assertTrue(packet.contains("]]&gt;&lt;x&gt;&amp;") && packet.contains("😀 细"), packet);
        String evil = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + packet.substring(packet.indexOf("<x:")).replace("http://cv.iptc.org", "&e;http://cv.iptc.org");
        assertFalse(Xmp.sourceType(evil).orElse("").contains("\n"));
        assertEquals(Optional.empty(), Xmp.sourceType("<!DOCTYPE a [\u0001]><a/>"), "for which Java has no message");
        assertEquals(
                Optional.of("urn:a"),
                Xmp.sourceType(
                        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description"
                                + " xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' i:DigitalSourceType='urn:a'/></r:RDF>"));
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "text");
        String message = assertThrows(RequestException.class, () -> PictureMetadata.read(file))
                .getMessage();
        assertTrue(message.startsWith("image: expected a PNG, JPEG or TIFF file, found "), message);
    }
}
