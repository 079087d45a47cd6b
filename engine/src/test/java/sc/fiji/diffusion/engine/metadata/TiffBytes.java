package sc.fiji.diffusion.engine.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** TIFF files without pixels, as ImageJ lays out what it keeps beside them. */
public final class TiffBytes {

    private static final int FOLDER = 8;
    private static final int INFO = 0x696e666f;
    private static final int PROPERTIES = 0x70726f70;

    private TiffBytes() {}

    /** With an Info, and properties after it: key and value by turns. */
    public static byte[] withProperties(ByteOrder order, String... properties) {
        Charset charset = order.equals(ByteOrder.LITTLE_ENDIAN) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        byte[] info = "Made: by hand\n".getBytes(charset);
        List<byte[]> texts =
                Arrays.stream(properties).map(text -> text.getBytes(charset)).toList();
        int dataBytes =
                20 + info.length + texts.stream().mapToInt(text -> text.length).sum();
        int lengths = FOLDER + 2 + 2 * 12 + 4;
        int data = lengths + 4 * (2 + texts.size());
        byte[] whole = new byte[data + dataBytes];
        ByteBuffer file = folder(order, whole, 2);
        entry(file, 50838, 4, 2 + texts.size(), lengths);
        entry(file, 50839, 1, dataBytes, data);
        file.putInt(0).putInt(20).putInt(info.length);
        texts.forEach(text -> file.putInt(text.length));
        file.putInt(0x494a494a).putInt(INFO).putInt(1).putInt(PROPERTIES).putInt(texts.size());
        file.put(info);
        texts.forEach(file::put);
        return whole;
    }

    public static byte[] withXmp(String packet) {
        byte[] text = packet.getBytes(StandardCharsets.UTF_8);
        int at = FOLDER + 2 + 12 + 4;
        byte[] whole = new byte[at + text.length];
        ByteBuffer file = folder(ByteOrder.LITTLE_ENDIAN, whole, 1);
        entry(file, 700, 1, text.length, at);
        file.putInt(0).put(text);
        return whole;
    }

    private static ByteBuffer folder(ByteOrder order, byte[] whole, int entries) {
        ByteBuffer file = ByteBuffer.wrap(whole).order(order);
        file.put((order.equals(ByteOrder.LITTLE_ENDIAN) ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        return file.putShort((short) 42).putInt(FOLDER).putShort((short) entries);
    }

    private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
        file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
