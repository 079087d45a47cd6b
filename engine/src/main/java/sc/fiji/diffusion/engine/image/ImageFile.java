package sc.fiji.diffusion.engine.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Reads pictures of the formats that Java knows (PNG, JPEG, BMP, GIF, TIFF): grey or RGB, 8 or 16 bits a channel or
 * with a palette. Samples are taken as they are: transparency, colour profiles and a camera's orientation are not
 * looked at. Of several pictures in a file the first is read.
 */
public final class ImageFile {

    private static final int LARGEST_SIDE = 16384;

    /** Smaller pictures may be empty, whatever their format makes of that. */
    private static final long FEW_PIXELS = 1 << 22;

    /** PNG's compression brings 8256 black and white pixels into a byte, the others' less. */
    private static final long MOST_PIXELS_PER_BYTE = 10_000;

    /** Three floats of the result, and what the decoder holds meanwhile. */
    private static final long BYTES_PER_PIXEL = 24;

    private ImageFile() {}

    /**
     * Grey becomes three equal channels.
     *
     * @throws RequestException if it can't be read, is of another kind, or larger than 16384 pixels along a side
     */
    public static RgbImage read(Path file) {
        return rgb("image", file, decoded("image", file));
    }

    /**
     * White is changed, black stays: the luminance, as Pillow's and diffusers' conversion to grey weighs it
     * (ITU-R 601-2: 0.299 red, 0.587 green, 0.114 blue).
     *
     * @throws RequestException if it can't be read, is of another kind, or larger than 16384 pixels along a side
     */
    public static Mask readMask(Path file) {
        RgbImage image = rgb("mask", file, decoded("mask", file));
        float[] values = new float[image.samples().length / 3];
        for (int i = 0; i < values.length; i++) {
            float[] samples = image.samples();
            values[i] = (float) (0.299 * samples[3 * i] + 0.587 * samples[3 * i + 1] + 0.114 * samples[3 * i + 2]);
        }
        return new Mask(image.width(), image.height(), values);
    }

    private static BufferedImage decoded(String field, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new RequestException(field + ": expected a picture file, found none at " + file);
        }
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new RequestException(field + ": expected a PNG, JPEG, BMP, GIF or TIFF file, found " + file);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                requireSize(field, file, reader.getWidth(0), reader.getHeight(0));
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (RequestException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // Java's readers throw all sorts of exceptions at broken files, and believe the lengths in them.
            throw new RequestException(field + ": expected a whole picture in " + file + ", found " + e, e);
        }
    }

    /** By the header, before memory is asked for: a hundred bytes may say that they are a picture of gigabytes. */
    private static void requireSize(String field, Path file, int width, int height) throws IOException {
        String found = ", found " + width + "×" + height + " in " + file;
        if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw new RequestException(field + ": expected at most " + LARGEST_SIDE + " pixels along a side" + found);
        }
        long pixels = (long) width * height;
        long most = Math.max(FEW_PIXELS, MOST_PIXELS_PER_BYTE * Files.size(file));
        if (pixels > most) {
            throw new RequestException(field + ": expected at most " + most + " pixels in a file of " + Files.size(file)
                    + " bytes" + found);
        }
        long memory = Runtime.getRuntime().maxMemory();
        if (BYTES_PER_PIXEL * pixels > memory) {
            throw new RequestException(field + ": expected a picture that fits into the " + (memory >> 20)
                    + " MB of memory that Java may use" + found);
        }
    }

    private static RgbImage rgb(String field, Path file, BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (!(model instanceof ComponentColorModel)) {
            return ofPacked(image); // a palette, or three channels in one number: 8 bits each
        }
        int colours = model.getNumColorComponents();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY && colours == 1;
        boolean rgb = model.getColorSpace().getType() == ColorSpace.TYPE_RGB && colours == 3;
        boolean wholeNumbers =
                model.getTransferType() == DataBuffer.TYPE_BYTE || model.getTransferType() == DataBuffer.TYPE_USHORT;
        if (!(grey || rgb) || !wholeNumbers) {
            throw new RequestException(field + ": expected grey or RGB with 8 or 16 bits a channel, found " + colours
                    + " channels of " + model.getComponentSize(0) + " bits in " + file);
        }
        return ofChannels(image.getRaster(), colours, (1 << model.getComponentSize(0)) - 1);
    }

    /** Not by {@link BufferedImage#getRGB}: it knows 8 bits only and lightens grey. */
    private static RgbImage ofChannels(Raster raster, int colours, float white) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        float[] samples = new float[width * height * 3];
        int bands = raster.getNumBands();
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    int sample = row[x * bands + (colours == 1 ? 0 : channel)];
                    samples[(y * width + x) * 3 + channel] = sample / white;
                }
            }
        }
        return new RgbImage(width, height, samples);
    }

    private static RgbImage ofPacked(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        float[] samples = new float[pixels.length * 3];
        for (int i = 0; i < pixels.length; i++) {
            samples[3 * i] = (pixels[i] >> 16 & 0xFF) / 255f;
            samples[3 * i + 1] = (pixels[i] >> 8 & 0xFF) / 255f;
            samples[3 * i + 2] = (pixels[i] & 0xFF) / 255f;
        }
        return new RgbImage(width, height, samples);
    }
}
