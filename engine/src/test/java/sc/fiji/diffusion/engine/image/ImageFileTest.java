package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

class ImageFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tif"})
    void eightBitColoursAreReadBackExactly(String format) throws IOException {
        BufferedImage image = new BufferedImage(17, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 17 * 16; i++) {
            image.setRGB(i % 17, i / 17, i * 0x10305 & 0xFFFFFF);
        }
        RgbImage read = ImageFile.read(written(image, format));
        Pictures.assertSamples(
                17, 16, (x, y, channel) -> (((y * 17 + x) * 0x10305) >> (16 - 8 * channel) & 0xFF) / 255f, read, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif", "bmp"})
    void eightBitGreyIsNotLightened(String format) throws IOException {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            image.getRaster().setSample(x, 0, 0, x);
        }
        Pictures.assertSamples(256, 1, (x, y, channel) -> x / 255f, ImageFile.read(written(image, format)), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void sixteenBitGreyKeepsAllItsBits(String format) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 4096; i++) {
            image.getRaster().setSample(i % 64, i / 64, 0, i * 16 + 15);
        }
        Pictures.assertSamples(
                64,
                64,
                (x, y, channel) -> ((y * 64 + x) * 16 + 15) / 65535f,
                ImageFile.read(written(image, format)),
                0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void sixteenBitColoursKeepAllTheirBits(String format) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 5, 3, 3, null);
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
        for (int i = 0; i < 45; i++) {
            raster.setSample(i / 3 % 5, i / 15, i % 3, i * 1234 + 1);
        }
        Pictures.assertSamples(
                5,
                3,
                (x, y, channel) -> (((y * 5 + x) * 3 + channel) * 1234 + 1) / 65535f,
                ImageFile.read(written(new BufferedImage(model, raster, false, null), format)),
                0);
    }

    @Test
    void transparencyIsDroppedAndTheColourBelowItKept() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00336699);
        image.setRGB(1, 0, 0x80FF0000);
        RgbImage read = ImageFile.read(written(image, "png"));
        Pictures.assertSamples(
                2, 1, (x, y, channel) -> x == 0 ? (3 + 3 * channel) * 17 / 255f : channel == 0 ? 1 : 0, read, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif"})
    void palettesAndBlackAndWhiteAreRead(String format) throws IOException {
        BufferedImage image = new BufferedImage(9, 12, BufferedImage.TYPE_BYTE_BINARY);
        for (int x = 0; x < 9; x += 2) {
            image.setRGB(x, 5, 0xFFFFFFFF);
        }
        Pictures.assertSamples(
                9, 12, (x, y, channel) -> y == 5 && x % 2 == 0 ? 1 : 0, ImageFile.read(written(image, format)), 0);
    }

    @Test
    void jpegIsReadAsNearlyAsItCanBe() throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1024; i++) {
            image.setRGB(i % 32, i / 32, 0xC08040);
        }
        RgbImage read = ImageFile.read(written(image, "jpg"));
        Pictures.assertSamples(
                32, 32, (x, y, channel) -> (channel == 0 ? 0xC0 : channel == 1 ? 0x80 : 0x40) / 255.0, read, 0.02);
    }

    @Test
    void aMaskIsTheLuminance() throws IOException {
        BufferedImage image = new BufferedImage(6, 1, BufferedImage.TYPE_INT_RGB);
        int[] colours = {0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0x808080};
        image.setRGB(0, 0, 6, 1, colours, 0, 6);
        Mask mask = ImageFile.readMask(written(image, "png"));
        float[] expected = {0, 1, 0.299f, 0.587f, 0.114f, 128 / 255f};
        Pictures.assertValues(6, 1, (x, y) -> expected[x], mask, 0);
    }

    @Test
    void aHeaderThatClaimsTooMuchIsRefusedBeforeDecoding() throws IOException {
        Path file = written(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putInt(16, 100_000).putInt(20, 90_000);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 12, 17);
        header.putInt(29, (int) checksum.getValue());
        Files.write(file, bytes);
        assertMessage(
                "image: expected at most 16384 pixels along a side, found 100000×90000 in " + file,
                () -> ImageFile.read(file));
    }

    @Test
    void whatIsNoPictureIsRefusedInOneSentence() throws IOException {
        Path missing = folder.resolve("missing.png");
        assertMessage("image: expected a picture file, found none at " + missing, () -> ImageFile.read(missing));
        assertMessage("mask: expected a picture file, found none at " + folder, () -> ImageFile.readMask(folder));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        assertMessage(
                "mask: expected a PNG, JPEG, BMP, GIF or TIFF file, found " + text, () -> ImageFile.readMask(text));
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertMessage(
                "image: expected a PNG, JPEG, BMP, GIF or TIFF file, found " + empty, () -> ImageFile.read(empty));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tif"})
    void aFileThatEndsTooEarlyIsRefusedInOneSentence(String format) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4096; i++) {
            image.setRGB(i % 64, i / 64, i * 7919 & 0xFFFFFF);
        }
        Path whole = written(image, format);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {bytes.length / 10, bytes.length / 2}) {
            Path cut = Files.write(folder.resolve("cut." + format), Arrays.copyOf(bytes, length));
            RequestException refusal =
                    assertThrows(RequestException.class, () -> ImageFile.read(cut), "length " + length);
            assertTrue(
                    refusal.getMessage().startsWith("image: expected a whole picture in " + cut + ", found "),
                    refusal.getMessage());
        }
    }

    @Test
    void floatingPointSamplesAreRefused() throws IOException {
        WritableRaster raster = WritableRaster.createWritableRaster(
                new PixelInterleavedSampleModel(DataBuffer.TYPE_FLOAT, 2, 2, 1, 2, new int[] {0}), null);
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, DataBuffer.TYPE_FLOAT);
        Path file = written(new BufferedImage(model, raster, false, null), "tif");
        assertMessage(
                "image: expected grey or RGB with 8 or 16 bits a channel, found 1 channels of 32 bits in " + file,
                () -> ImageFile.read(file));
    }

    private Path written(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("picture." + format);
        assertTrue(ImageIO.write(image, format, file.toFile()), "no writer for " + format);
        return file;
    }

    private static void assertMessage(String expected, Executable reading) {
        assertEquals(expected, assertThrows(RequestException.class, reading).getMessage());
    }
}
