package sc.fiji.diffusion.engine.watermark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;

/** What happens to pictures on their way; all end in 8 bits. */
enum Alteration {
    PNG,
    JPEG_95,
    JPEG_75,
    JPEG_50,
    HALF_SIZE,
    THREE_QUARTERS_SIZE,
    ONE_AND_A_HALF_SIZE,
    ODD_SIZE,
    DIMMED,
    BRIGHTENED,
    DISPLAY_RANGE,
    GREY,
    CROPPED,
    NOISY,
    SMALLER_JPEG;

    private interface Change {
        float of(float sample);
    }

    RgbImage of(RgbImage image) {
        return inBytes(changed(inBytes(image)));
    }

    private RgbImage changed(RgbImage image) {
        return switch (this) {
            case PNG -> image;
            case JPEG_95 -> jpeg(image, 0.95f);
            case JPEG_75 -> jpeg(image, 0.75f);
            case JPEG_50 -> jpeg(image, 0.5f);
            case HALF_SIZE -> resized(image, 0.5);
            case THREE_QUARTERS_SIZE -> resized(image, 0.75);
            case ONE_AND_A_HALF_SIZE -> resized(image, 1.5);
            case ODD_SIZE -> resized(image, 0.8137);
            case DIMMED -> each(image, sample -> 0.8f * sample);
            case BRIGHTENED -> each(image, sample -> sample + 0.04f);
            case DISPLAY_RANGE -> displayRange(image);
            case GREY -> grey(image);
            case CROPPED ->
                image.crop(new Region(
                        image.width() / 7, image.height() / 9, image.width() * 3 / 4, image.height() * 3 / 4));
            case NOISY -> noisy(image);
            case SMALLER_JPEG -> jpeg(resized(image, 0.75), 0.75f);
        };
    }

    static RgbImage inBytes(RgbImage image) {
        return each(image, sample -> Math.round(255 * Math.min(1, Math.max(0, sample))) / 255f);
    }

    private static RgbImage each(RgbImage image, Change change) {
        float[] samples = image.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = change.of(samples[i]);
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    private static RgbImage resized(RgbImage image, double scale) {
        return Resampling.resized(
                image, (int) Math.round(scale * image.width()), (int) Math.round(scale * image.height()));
    }

    /** To 16 bits, and from there to 8 by the values that occur, as ImageJ converts. */
    private static RgbImage displayRange(RgbImage image) {
        float lowest = 1;
        float highest = 0;
        for (float sample : image.samples()) {
            lowest = Math.min(lowest, sample);
            highest = Math.max(highest, sample);
        }
        float low = lowest;
        float range = Math.max(highest - lowest, 1e-3f);
        return each(image, sample -> (Math.round(sample * 60000) / 60000f - low) / range);
    }

    private static RgbImage grey(RgbImage image) {
        float[] brightness = LocalContrast.brightness(image);
        float[] samples = new float[3 * brightness.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = brightness[i / 3] / 255;
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    private static RgbImage noisy(RgbImage image) {
        Random random = new Random(3);
        return each(image, sample -> sample + (float) (5 * random.nextGaussian() / 255));
    }

    private static RgbImage jpeg(RgbImage image, float quality) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, image.width(), image.height(), image.packed(), 0, image.width());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
            out.flush();
            return unpacked(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    private static RgbImage unpacked(BufferedImage picture) {
        int width = picture.getWidth();
        float[] samples = new float[3 * width * picture.getHeight()];
        for (int i = 0; i < samples.length; i++) {
            int pixel = picture.getRGB(i / 3 % width, i / 3 / width);
            samples[i] = (pixel >> (16 - 8 * (i % 3)) & 0xFF) / 255f;
        }
        return new RgbImage(width, picture.getHeight(), samples);
    }
}
