package sc.fiji.diffusion.provenance;

import ij.ImagePlus;
import ij.plugin.PNG_Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.PngChunks;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.provenance.History;

/** Writes PNG files with ImageJ's own writer, and with how the picture was generated, which that writer leaves out. */
public final class PngWithProvenance {

    /** Stands for none, in ImageJ's writer. */
    private static final int NO_TRANSPARENCY = -1;

    private PngWithProvenance() {}

    /**
     * The slice that is shown; the file appears whole or not at all.
     *
     * @param history of that slice, not empty
     * @throws RequestException if the name does not end in {@code .png}, or it can't be written
     */
    public static void write(ImagePlus image, History history, Path file) {
        if (history.isEmpty()) {
            throw new RequestException("provenance: expected how the image was generated, found none");
        }
        PngFile.requireWritable(file);
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".diffusion", ".png");
            try {
                new PNG_Writer().writeImage(image, fresh.toString(), NO_TRANSPARENCY);
                Files.write(fresh, PngChunks.with(Files.readAllBytes(fresh), PictureMetadata.texts(history)));
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (RequestException e) {
            throw e;
        } catch (Exception e) {
            // What ImageJ's writer declares.
            throw new RequestException("path: expected to write " + file + ", found " + e.getMessage(), e);
        }
    }
}
