package sc.fiji.diffusion.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.PngText;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.metadata.StackMetadata;
import sc.fiji.diffusion.engine.metadata.TiffBytes;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Provenances;
import sc.fiji.diffusion.engine.provenance.SliceHistory;
import sc.fiji.diffusion.engine.provenance.StackHistory;

/** A picture's file that tells how it was made. */
record MetadataInput() implements HostileInput {

    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public String file() {
        return "image";
    }

    @Override
    public Map<String, byte[]> whole() {
        Map<String, byte[]> whole = new LinkedHashMap<>();
        whole.put("ours", png(PictureMetadata.texts(History.NONE.and(Provenances.full()))));
        String parameters =
                "a\nNegative prompt: b\nSteps: 1, Sampler: Euler, CFG scale: 7, Seed: 1, Size: 8x8, A: \"b, c\"";
        whole.put("the webui's", png(List.of(new PngText("parameters", parameters))));
        whole.put("quotes without end", png(List.of(new PngText("parameters", "a: \"" + "\\,".repeat(5000)))));
        whole.put("colons", png(List.of(new PngText("parameters", "a:b, ".repeat(3000)))));
        whole.put("names", png(List.of(new PngText("parameters", "a ".repeat(8000)))));
        whole.put("Dream", png(List.of(new PngText("Dream", "\"a\" -s 1 -S 2 -W 8 -H 8 -C 7 -A k_lms"))));
        whole.put("a Dream of quotes", png(List.of(new PngText("Dream", "\"" + "\\\"".repeat(5000)))));
        whole.put("Invoke", png(List.of(new PngText("invokeai_metadata", "{\"positive_prompt\":1,\"seed\":[]}"))));
        whole.put(
                "Comfy",
                png(List.of(new PngText(
                        "prompt", "{\"1\":{\"class_type\":\"KSampler\",\"inputs\":{\"positive\":[\"1\",0]}}}"))));
        whole.put(
                "damaged JSON", png(List.of(new PngText("Diffusion provenance", "{\"version\":1,\"history\":[{}]}"))));
        whole.put("entities", png(List.of(new PngText("XML:com.adobe.xmp", laughs()))));
        whole.put("a jpeg", jpeg("Exif\0\0II*\0\10\0\0\0\1\0\151\207\4\0\1\0\0\0\32\0\0\0\0\0\0\0"));
        StackHistory stack =
                new StackHistory(2, List.of(new SliceHistory(1, "a", History.NONE.and(Provenances.full()))));
        whole.put(
                "a stack of ImageJ",
                TiffBytes.withProperties(ByteOrder.BIG_ENDIAN, "Diffusion provenance", stack.toJson()));
        whole.put("a tiff of entities", TiffBytes.withXmp(laughs()));
        whole.put("a jpeg of offsets", jpeg("Exif\0\0MM\0*\177\377\377\377"));
        return whole;
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 20; i++) {
            text.append(
                    "<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
        }
        return text + "]><a xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>"
                + "<i:DigitalSourceType>&l19;</i:DigitalSourceType></a>";
    }

    private static byte[] png(List<PngText> texts) {
        try {
            Path file = Files.createTempFile("metadata", ".png");
            try {
                PngFile.write(new RgbImage(2, 1, new float[6]), texts, file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] jpeg(String segment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, 0, (byte) (segment.length() + 2)});
        out.writeBytes(segment.getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    @Override
    public Map<String, byte[]> broken() {
        return Map.of("nothing", new byte[0], "text", "no picture".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(Path folder) {
        for (PictureMetadata metadata :
                StackMetadata.read(folder.resolve(file())).slices().values()) {
            metadata.history().text();
            metadata.history().entries().forEach(Provenance::toJson);
        }
    }
}
