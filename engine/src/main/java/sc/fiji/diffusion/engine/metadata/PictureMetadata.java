package sc.fiji.diffusion.engine.metadata;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.PngChunks;
import sc.fiji.diffusion.engine.image.PngText;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;

/**
 * What a picture's file says of how it was made.
 *
 * @param software that made it, with its version where the file tells; empty if it tells nothing of that
 * @param history what was done; of other tools' files one entry with as much as they tell. Empty if the file tells
 *     nothing of that
 * @param isOurs whether this software wrote the history, so that it is all there
 * @param sourceType the address of IPTC's digital source type, if the file has one
 */
public record PictureMetadata(String software, History history, boolean isOurs, Optional<String> sourceType) {

    /** This software, as files name it. */
    public static final String SOFTWARE = "Diffusion for Fiji";

    /** Our own text in PNG files, and ImageJ's property in TIFF files, JSON. Files rely on it: it never changes. */
    public static final String KEYWORD = "Diffusion provenance";

    private static final int START_BYTES = 32;

    /** Which reader knows which text, the one that tells most first. */
    private static final Map<String, BiFunction<String, Size, Optional<Provenance>>> READERS = readers();

    public PictureMetadata {
        Objects.requireNonNull(software, "software");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(sourceType, "sourceType");
    }

    private static Map<String, BiFunction<String, Size, Optional<Provenance>>> readers() {
        Map<String, BiFunction<String, Size, Optional<Provenance>>> readers = new LinkedHashMap<>();
        readers.put(WebuiParameters.KEYWORD, WebuiParameters::read);
        readers.put(InvokeMetadata.KEYWORD, InvokeMetadata::read);
        readers.put(InvokeMetadata.OLDER_KEYWORD, InvokeMetadata::readOlder);
        readers.put(InvokeMetadata.DREAM_KEYWORD, InvokeMetadata::readDream);
        readers.put(ComfyPrompt.KEYWORD, ComfyPrompt::read);
        return readers;
    }

    /** Whether the file tells anything at all. */
    public boolean isEmpty() {
        return history.isEmpty() && sourceType.isEmpty();
    }

    /**
     * The texts that go into a PNG file: {@code parameters} as AUTOMATIC1111's webui writes it, our own JSON, and XMP.
     *
     * @param history not empty
     */
    public static List<PngText> texts(History history) {
        return List.of(
                new PngText(WebuiParameters.KEYWORD, WebuiParameters.write(history.last())),
                new PngText(KEYWORD, history.toJson()),
                new PngText(Xmp.KEYWORD, Xmp.packet(history)));
    }

    /**
     * A JPEG file with XMP, which names the digital source type and describes the picture by its prompt. Such a picture
     * can't be made again to the bit, as the format keeps no pixels, so no more is written.
     *
     * @param jpeg a whole file, as Java writes it; all of its bytes stay
     * @param history not empty
     */
    public static byte[] inJpeg(byte[] jpeg, History history) {
        return JpegTexts.with(jpeg, Xmp.packet(history));
    }

    /**
     * Reads a PNG or JPEG file's texts, not its pixels.
     *
     * @return empty if it says nothing that is known
     * @throws RequestException if it can't be read, or is of another kind
     */
    public static PictureMetadata read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RequestException("image: expected a picture file, found none at " + file);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(START_BYTES);
            byte[] start = in.readNBytes(START_BYTES);
            in.reset();
            if (PngChunks.isPng(start)) {
                return of(PngChunks.texts(in), pngSize(start));
            }
            if (JpegTexts.isJpeg(start)) {
                return of(JpegTexts.texts(in), new Size(1, 1));
            }
        } catch (IOException e) {
            throw new RequestException("image: expected a file that can be read at " + file + ", found " + e, e);
        }
        throw new RequestException("image: expected a PNG, JPEG or TIFF file, found " + file);
    }

    private static Size pngSize(byte[] start) {
        if (start.length < 24) {
            return new Size(1, 1);
        }
        ByteBuffer header = ByteBuffer.wrap(start);
        return new Size(Math.max(1, header.getInt(16)), Math.max(1, header.getInt(20)));
    }

    private static PictureMetadata of(List<PngText> texts, Size ofFile) {
        Optional<String> sourceType = texts.stream()
                .filter(text -> text.keyword().equals(Xmp.KEYWORD))
                .flatMap(text -> Xmp.sourceType(text.text()).stream())
                .findFirst();
        Optional<History> ours = find(texts, KEYWORD).flatMap(PictureMetadata::ours);
        if (ours.isPresent() && !ours.get().isEmpty()) {
            return ours(ours.get(), sourceType);
        }
        for (Map.Entry<String, BiFunction<String, Size, Optional<Provenance>>> reader : READERS.entrySet()) {
            Optional<Provenance> found = find(texts, reader.getKey())
                    .flatMap(text -> reader.getValue().apply(text, ofFile));
            if (found.isPresent()) {
                String software = found.get().computation().engine();
                return new PictureMetadata(software, History.NONE.and(found.get()), false, sourceType);
            }
        }
        return new PictureMetadata("", History.NONE, false, sourceType);
    }

    /** @param history not empty */
    static PictureMetadata ours(History history, Optional<String> sourceType) {
        String version = history.last().computation().engine();
        return new PictureMetadata(SOFTWARE + " " + version, history, true, sourceType);
    }

    private static Optional<History> ours(String json) {
        try {
            return Optional.of(History.fromJson(json));
        } catch (RequestException damaged) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(List<PngText> texts, String keyword) {
        return texts.stream()
                .filter(text -> text.keyword().equals(keyword))
                .map(PngText::text)
                .findFirst();
    }
}
