package sc.fiji.diffusion.engine.hostile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import sc.fiji.diffusion.engine.image.ImageFile;

/** A picture or a mask in any of Java's formats. */
record ImageInput() implements HostileInput {

    private static final List<String> FORMATS = List.of("png", "jpg", "gif", "bmp", "tiff");

    @Override
    public String name() {
        return "image";
    }

    @Override
    public String file() {
        return "image";
    }

    @Override
    public Map<String, byte[]> whole() {
        Map<String, byte[]> whole = new LinkedHashMap<>();
        for (String format : FORMATS) {
            whole.put(format + " in colour", written(BufferedImage.TYPE_INT_RGB, format));
            whole.put(format + " in grey", written(BufferedImage.TYPE_BYTE_GRAY, format));
        }
        whole.put("png of 16 bits", written(BufferedImage.TYPE_USHORT_GRAY, "png"));
        whole.put("png with a palette", written(BufferedImage.TYPE_BYTE_INDEXED, "png"));
        whole.put("tiff of one bit", written(BufferedImage.TYPE_BYTE_BINARY, "tiff"));
        return whole;
    }

    private static byte[] written(int type, String format) {
        BufferedImage image = new BufferedImage(24, 17, type);
        for (int i = 0; i < 24 * 17; i++) {
            image.setRGB(i % 24, i / 24, i * 0x10305);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("Java writes " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("nothing", new byte[0]);
        broken.put("text", "no picture".getBytes(StandardCharsets.UTF_8));
        broken.put("zeros", new byte[1 << 20]);
        byte[] png = written(BufferedImage.TYPE_INT_RGB, "png");
        for (int[] size : new int[][] {
            {100_000, 100_000}, {16384, 16384}, {16384, 8192}, {Integer.MAX_VALUE, 1}, {0, 5}, {5, 0}, {-1, -1}
        }) {
            broken.put("a png that says " + size[0] + "×" + size[1], pngThatSays(png, size[0], size[1]));
        }
        broken.put("a png with a chunk of 2 GB", pngChunk(png, "tRNS", Integer.MAX_VALUE));
        broken.put("a png with a text of 2 GB", pngChunk(png, "zTXt", Integer.MAX_VALUE));
        broken.put("a png with a negative chunk", pngChunk(png, "PLTE", -1));
        for (String format : FORMATS) {
            byte[] whole = written(BufferedImage.TYPE_INT_RGB, format);
            broken.put("half of its header in " + format, Arrays.copyOf(whole, 12));
        }
        byte[] gif = written(BufferedImage.TYPE_BYTE_GRAY, "gif");
        byte[] frame = {0, 0, 0, 0, 24, 0, 17, 0};
        for (int at = 0; at + frame.length < gif.length; at++) {
            if (Arrays.equals(gif, at, at + frame.length, frame, 0, frame.length)) {
                Arrays.fill(gif, at + 4, at + 8, (byte) 0x3F);
            }
        }
        broken.put("a gif that says 16191×16191", gif);
        byte[] bmp = written(BufferedImage.TYPE_INT_RGB, "bmp");
        for (int[] size : new int[][] {{16000, 16000}, {Integer.MAX_VALUE, 1}, {1, Integer.MIN_VALUE}, {-5, 5}}) {
            broken.put("a bmp that says " + size[0] + "×" + size[1], bmpThatSays(bmp, size[0], size[1]));
        }
        return broken;
    }

    /** With the checksum that belongs to it. */
    private static byte[] pngThatSays(byte[] png, int width, int height) {
        byte[] lying = png.clone();
        ByteBuffer.wrap(lying).putInt(16, width).putInt(20, height);
        CRC32 checksum = new CRC32();
        checksum.update(lying, 12, 17);
        ByteBuffer.wrap(lying).putInt(29, (int) checksum.getValue());
        return lying;
    }

    /** Behind the header, with no more data than the picture has. */
    private static byte[] pngChunk(byte[] png, String type, int length) {
        ByteBuffer lying = ByteBuffer.allocate(png.length + 8);
        lying.put(png, 0, 33).putInt(length).put(type.getBytes(StandardCharsets.US_ASCII));
        return lying.put(png, 33, png.length - 33).array();
    }

    private static byte[] bmpThatSays(byte[] bmp, int width, int height) {
        byte[] lying = bmp.clone();
        ByteBuffer.wrap(lying).putInt(18, Integer.reverseBytes(width)).putInt(22, Integer.reverseBytes(height));
        return lying;
    }

    @Override
    public void read(Path folder) {
        ImageFile.read(folder.resolve(file()));
        ImageFile.readMask(folder.resolve(file()));
    }

    /** Formats may pack thousands of equal pixels into a byte. */
    @Override
    public long mostAllocated(long fileSize) {
        return (256L << 20) + 400_000 * fileSize;
    }
}
