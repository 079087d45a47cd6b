package sc.fiji.diffusion.provenance;

import ij.ImagePlus;
import ij.io.FileInfo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.provenance.History;

/**
 * What is known of the slice that an image shows: by the image itself, or by the PNG or JPEG file that it was opened from,
 * of which ImageJ reads the pixels alone.
 *
 * @param history not empty, unless only {@code sourceType} is known
 * @param isUnchanged whether the pixels are still those that came out, as far as can be told
 * @param sourceType the address of IPTC's digital source type, if a file says one
 */
public record KnownHistory(History history, boolean isUnchanged, Optional<String> sourceType) {

    /** @throws RequestException if the image is not open, or nothing is known of what the slice shows */
    public static KnownHistory of(ImagePlus image) {
        // A closed image has no pixels any more.
        if (image == null || image.getProcessor() == null) {
            throw new RequestException("image: expected an open image, found none");
        }
        return ImageProvenance.of(image, image.getCurrentSlice())
                .map(known -> new KnownHistory(known.history(), known.isUnchanged(), Optional.empty()))
                .or(() -> file(image).flatMap(file -> inFile(image, file)))
                .orElseThrow(() -> new RequestException("image: expected a picture that tells how it was generated,"
                        + " found nothing of that in " + image.getTitle()
                        + (image.getStackSize() > 1 ? ", slice " + image.getCurrentSlice() : "")));
    }

    private static Optional<KnownHistory> inFile(ImagePlus image, Path file) {
        PictureMetadata metadata;
        try {
            metadata = PictureMetadata.read(file);
        } catch (RequestException unreadable) {
            return Optional.empty();
        }
        if (metadata.isEmpty()) {
            return Optional.empty();
        }
        boolean isUnchanged = metadata.isOurs()
                ? metadata.history().last().resultSha256().contains(SliceHash.of(image, 1))
                : !image.changes;
        return Optional.of(new KnownHistory(metadata.history(), isUnchanged, metadata.sourceType()));
    }

    /** That of a single picture of a kind that metadata is read of. */
    private static Optional<Path> file(ImagePlus image) {
        FileInfo info = image.getOriginalFileInfo();
        if (info == null || info.directory == null || info.fileName == null || image.getStackSize() > 1) {
            return Optional.empty();
        }
        String name = info.fileName.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".jpg") && !name.endsWith(".jpeg")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(info.directory, info.fileName)).filter(Files::isRegularFile);
        } catch (InvalidPathException remote) {
            return Optional.empty();
        }
    }

    /** For people. */
    public String text() {
        return (isUnchanged ? "" : "Changed since: the pixels are not those that came out\n")
                + sourceType.map(type -> "Digital source type: " + type + "\n").orElse("")
                + history.text();
    }
}
