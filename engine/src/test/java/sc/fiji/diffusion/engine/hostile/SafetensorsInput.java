package sc.fiji.diffusion.engine.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.TensorInfo;

/** A safetensors file: its header, and all values that Java can read. */
record SafetensorsInput() implements HostileInput {

    private static final String A = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

    @Override
    public String name() {
        return "safetensors";
    }

    @Override
    public String file() {
        return "model.safetensors";
    }

    @Override
    public Map<String, byte[]> whole() {
        return Map.of(
                "one tensor", file("{" + A + "}", 8),
                "metadata", file("{'__metadata__':{'format':'pt'}," + A + "}", 8),
                "all types",
                        file(
                                "{'f':{'dtype':'F16','shape':[1,2],'data_offsets':[0,4]},"
                                        + "'i':{'dtype':'I64','shape':[],'data_offsets':[4,12]},"
                                        + "'b':{'dtype':'BOOL','shape':[4],'data_offsets':[12,16]},"
                                        + "'u':{'dtype':'BF16','shape':[2],'data_offsets':[16,20]}}",
                                20),
                "no tensor", file("{}", 0),
                "an empty tensor",
                        file(
                                "{'a':{'dtype':'F32','shape':[0,2000000000,2000000000,2000000000],"
                                        + "'data_offsets':[0,0]}}",
                                0),
                "an empty tensor, sizes the other way",
                        file(
                                "{'a':{'dtype':'F32','shape':[2000000000,2000000000,2000000000,0],'data_offsets':[0,0]}}",
                                0));
    }

    @Override
    public Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("nothing", new byte[0]);
        broken.put("seven bytes", new byte[7]);
        broken.put("a length alone", Arrays.copyOf(file("{" + A + "}", 8), 8));
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 32, 100_000_001, 100}) {
            byte[] bytes = file("{}", 8);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            broken.put("a header of " + length, bytes);
        }
        headers().forEach((what, header) -> broken.put(what, file(header, 8)));
        broken.put("a deep header", file("{'a':{'x':" + "[".repeat(100_000), 8));
        broken.put("deep objects", file("{'a':".repeat(100_000), 8));
        broken.put("a very long name", file("{'" + "n".repeat(1 << 20) + "':1}", 8));
        broken.put(
                "a very long number",
                file("{'a':{'dtype':'F32','shape':[" + "9".repeat(1 << 20) + "],'data_offsets':[0,8]}}", 8));
        broken.put(
                "very many sizes",
                file("{'a':{'dtype':'F32','shape':[" + "1,".repeat(1 << 20) + "3],'data_offsets':[0,8]}}", 8));
        broken.put("a shape without data", file("{'a':{'dtype':'F32','shape':[" + "1,".repeat(1 << 16) + "1]}}", 8));
        byte[] notUtf8 = file("{'\u00e9':1}", 8);
        notUtf8[10] = (byte) 0xFF;
        broken.put("invalid UTF-8", notUtf8);
        pickles().forEach(broken::put);
        broken.put("Git LFS", "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8));
        broken.put("a web page", "<!DOCTYPE html><html></html>".getBytes(StandardCharsets.UTF_8));
        return broken;
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("no object", "[]");
        headers.put("a tensor that is a number", "{'a':1}");
        headers.put("a name twice", "{" + A + "," + A + "}");
        headers.put("a line feed in a name", "{'a\\nb\\u0000':1}");
        headers.put("a lone surrogate in a name", "{'\\ud800':1}");
        headers.put("an unknown dtype", "{'a':{'dtype':'F33','shape':[2],'data_offsets':[0,8]}}");
        headers.put("a negative size", "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}");
        headers.put("a negative offset", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}");
        headers.put("offsets past the end", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}");
        headers.put("offsets over 2^31", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[2147483648,2147483656]}}");
        headers.put("offsets over 2^63", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9223372036854775816]}}");
        headers.put("offsets backwards", "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}");
        headers.put(
                "an overlap",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                        + "'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}");
        headers.put("a huge shape", "{'a':{'dtype':'F32','shape':[65536,65536,65536],'data_offsets':[0,8]}}");
        headers.put(
                "a product over 2^64", "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}}");
        headers.put("metadata of numbers", "{'__metadata__':{'k':1}," + A + "}");
        headers.put("something behind", "{" + A + "}{}");
        return headers;
    }

    /** Also where the name says safetensors: the file is what its bytes are. */
    private static Map<String, byte[]> pickles() {
        Map<String, byte[]> pickles = new LinkedHashMap<>();
        pickles.put(
                "a zipped pickle",
                "PK\u0003\u0004\u0014\u0000\u0008\u0008 archive/data.pkl".getBytes(StandardCharsets.ISO_8859_1));
        for (char protocol = 2; protocol <= 5; protocol++) {
            pickles.put(
                    "a pickle of protocol " + (int) protocol,
                    ("\u0080" + protocol + "cposix\nsystem\nq\u0000(U\u0002ls").getBytes(StandardCharsets.ISO_8859_1));
        }
        return pickles;
    }

    @Override
    public void read(Path folder) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(file()));
        for (TensorInfo info : file.tensors().values()) {
            switch (info.dtype()) {
                case F64, F32, F16, BF16 -> file.readFloats(info.name());
                case I64, I32, I16, I8, U32, U16, U8, BOOL -> file.readLongs(info.name());
                default -> {
                    // no conversion to Java's numbers
                }
            }
        }
        Weights.inFolder(folder).float32Bytes();
    }

    /** With double quotes for single ones, and 0, 1, 2, … as data. */
    static byte[] file(String header, int dataLength) {
        byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        file.writeBytes(text);
        for (int i = 0; i < dataLength; i++) {
            file.write(i);
        }
        return file.toByteArray();
    }
}
