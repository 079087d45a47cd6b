package sc.fiji.diffusion.engine.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.SliceHistory;
import sc.fiji.diffusion.engine.provenance.StackHistory;

/**
 * What a file says of how its pictures were made: one of a PNG or JPEG file, the slices of a stack of a TIFF file that
 * ImageJ wrote. Of other TIFF files IPTC's digital source type is known.
 *
 * @param stackSize number of slices, 1 for a picture
 * @param slices what is known of each by its index, from 1; those of which the file tells nothing are left out
 */
public record StackMetadata(int stackSize, SortedMap<Integer, PictureMetadata> slices) {

    private static final int START_BYTES = 8;
    private static final int XMP = 700;

    public StackMetadata {
        slices = Collections.unmodifiableSortedMap(new TreeMap<>(slices));
    }

    public boolean isEmpty() {
        return slices.isEmpty();
    }

    /**
     * Reads a file's texts, not its pixels.
     *
     * @return empty if it says nothing that is known
     * @throws RequestException if it can't be read, or is of another kind
     */
    public static StackMetadata read(Path file) {
        if (!isTiff(file)) {
            return of(PictureMetadata.read(file));
        }
        try (TiffFile tiff = TiffFile.open(file)) {
            Optional<String> sourceType = sourceType(tiff);
            return ImageJProperties.find(tiff, PictureMetadata.KEYWORD)
                    .flatMap(json -> ours(json, sourceType))
                    .orElseGet(() -> of(new PictureMetadata("", History.NONE, false, sourceType)));
        } catch (IOException broken) {
            return new StackMetadata(1, Collections.emptySortedMap());
        }
    }

    /**
     * What is known of one slice.
     *
     * @param slice from 1; none for the only one of which something is known
     * @throws RequestException if nothing is known of it, or more than one is known and none is named
     */
    public PictureMetadata slice(Optional<Integer> slice, Path file) {
        if (slice.isEmpty() && slices.size() > 1) {
            throw new RequestException(
                    "slice: expected one of " + slices.keySet() + ", which were generated in " + file + ", found none");
        }
        int index = slice.orElseGet(() -> isEmpty() ? 1 : slices.firstKey());
        return Optional.ofNullable(slices.get(index))
                .orElseThrow(
                        () -> new RequestException("provenance: expected what made the picture, found nothing of it"
                                + " in " + file + (slice.isEmpty() ? "" : ", slice " + index)));
    }

    private static StackMetadata of(PictureMetadata picture) {
        SortedMap<Integer, PictureMetadata> slices = new TreeMap<>();
        if (!picture.isEmpty()) {
            slices.put(1, picture);
        }
        return new StackMetadata(1, slices);
    }

    private static boolean isTiff(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return TiffFile.isTiff(in.readNBytes(START_BYTES));
        } catch (IOException e) {
            throw new RequestException("image: expected a file that can be read at " + file + ", found " + e, e);
        }
    }

    private static Optional<String> sourceType(TiffFile tiff) throws IOException {
        Optional<TiffFile.Value> packet = tiff.find(XMP);
        return packet.isEmpty()
                ? Optional.empty()
                : Xmp.sourceType(StandardCharsets.UTF_8
                        .decode(tiff.read(packet.get().offset(), packet.get().bytes()))
                        .toString());
    }

    private static Optional<StackMetadata> ours(String json, Optional<String> sourceType) {
        StackHistory stack;
        try {
            stack = StackHistory.fromJson(json);
        } catch (RequestException damaged) {
            return Optional.empty();
        }
        SortedMap<Integer, PictureMetadata> slices = new TreeMap<>();
        for (SliceHistory slice : stack.slices()) {
            slices.put(slice.slice(), PictureMetadata.ours(slice.history(), sourceType));
        }
        return Optional.of(new StackMetadata(stack.stackSize(), slices));
    }
}
