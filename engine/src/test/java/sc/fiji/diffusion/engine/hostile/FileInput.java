package sc.fiji.diffusion.engine.hostile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file that is read alone.
 *
 * @param name for the names of tests
 * @param file where it lies
 * @param whole by a word on them
 * @param broken by what is wrong with them
 * @param reader given the folder with the file
 */
record FileInput(String name, String file, Map<String, byte[]> whole, Map<String, byte[]> broken, Consumer<Path> reader)
        implements HostileInput {

    @Override
    public void read(Path folder) {
        reader.accept(folder);
    }

    /** Tensors of zeros in float32, in a safetensors file. */
    static byte[] tensors(String metadata, String... namesAndShapes) {
        return tensors("F32", 4, metadata, namesAndShapes);
    }

    /**
     * @param metadata with its key, or empty
     * @param namesAndShapes such as {@code a} and {@code 2,3}
     */
    static byte[] tensors(String dtype, int bytes, String metadata, String... namesAndShapes) {
        StringBuilder header = new StringBuilder("{").append(metadata);
        int begin = 0;
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            int end = begin + bytes * count(namesAndShapes[i + 1]);
            header.append(i == 0 && metadata.isEmpty() ? "" : ",")
                    .append("'%s':{'dtype':'%s','shape':[%s],'data_offsets':[%d,%d]}"
                            .formatted(namesAndShapes[i], dtype, namesAndShapes[i + 1], begin, end));
            begin = end;
        }
        byte[] file = SafetensorsInput.file(header.append('}').toString(), begin);
        // what SafetensorsInput writes as data counts up, and as numbers is anything
        Arrays.fill(file, file.length - begin, file.length, (byte) 0);
        return file;
    }

    private static int count(String shape) {
        int count = 1;
        for (String size : shape.isEmpty() ? new String[0] : shape.split(",")) {
            count *= Integer.parseInt(size);
        }
        return count;
    }
}
