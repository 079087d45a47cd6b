package sc.fiji.diffusion.provenance;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.plugin.JpegWriter;
import ij.plugin.PNG_Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.WholeFile;
import sc.fiji.diffusion.engine.image.PngChunks;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.provenance.History;

/** Writes files with ImageJ's own writers, and with how the picture was generated, which those leave out. */
public final class FileWithProvenance {

    private static final int NO_TRANSPARENCY = -1;

    private FileWithProvenance() {}

    /**
     * The slice that is shown, as PNG with all that is known, or as JPEG marked as generated; the file appears whole or not
     * at all.
     *
     * @param history of that slice, not empty
     * @param file ends in {@code .png}, {@code .jpg} or {@code .jpeg}
     * @throws RequestException if it ends otherwise, or can't be written
     */
    public static void write(ImagePlus image, History history, Path file) {
        if (history.isEmpty()) {
            throw new RequestException("provenance: expected how the image was generated, found none");
        }
        boolean isPng = ending(file).equals(".png");
        try {
            WholeFile.write(
                    file,
                    fresh -> Files.write(fresh, isPng ? png(image, history, fresh) : jpeg(image, history, fresh)));
        } catch (IOException e) {
            throw new RequestException("save: expected to write " + file + ", found " + e, e);
        }
    }

    private static String ending(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
        if (!ending.equals(".png") && !ending.equals(".jpg") && !ending.equals(".jpeg")) {
            throw new RequestException("save: expected a file that ends in .png or .jpg, found " + file
                    + "; ImageJ's TIFF files keep provenance by themselves");
        }
        return ending;
    }

    private static byte[] png(ImagePlus image, History history, Path file) throws IOException {
        try {
            new PNG_Writer().writeImage(image, file.toString(), NO_TRANSPARENCY);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            // All that ImageJ's writer declares.
            throw new IOException(e.getMessage(), e);
        }
        return PngChunks.with(Files.readAllBytes(file), PictureMetadata.texts(history));
    }

    private static byte[] jpeg(ImagePlus image, History history, Path file) throws IOException {
        String failure = JpegWriter.save(image, file.toString(), FileSaver.getJpegQuality());
        if (failure != null) {
            throw new IOException(failure);
        }
        return PictureMetadata.inJpeg(Files.readAllBytes(file), history);
    }
}
