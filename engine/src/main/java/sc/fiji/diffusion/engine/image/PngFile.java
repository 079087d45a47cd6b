package sc.fiji.diffusion.engine.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.WholeFile;

/** Writes pictures as PNG files with eight bits a channel. */
public final class PngFile {

    private PngFile() {}

    /**
     * Fails early, before minutes of computing, if the file could not be written.
     *
     * @throws RequestException if its name does not end in {@code .png} or its folder does not exist
     */
    public static void requireWritable(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new RequestException("output: expected a file that ends in .png, found " + file);
        }
        Path folder = folderOf(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new RequestException("output: expected a folder that can be written to, found " + folder);
        }
    }

    /**
     * Writes the picture; the file appears whole or not at all.
     *
     * @throws RequestException if it can't be written
     */
    public static void write(RgbImage image, Path file) {
        write(image, List.of(), file);
    }

    /** The same, with texts. */
    public static void write(RgbImage image, List<PngText> texts, Path file) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        buffered.setRGB(0, 0, image.width(), image.height(), image.packed(), 0, image.width());
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(buffered, "png", png);
            byte[] told = PngChunks.with(png.toByteArray(), texts);
            WholeFile.write(file, fresh -> Files.write(fresh, told));
        } catch (IOException e) {
            throw new RequestException("output: expected to write " + file + ", found " + e, e);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }
}
