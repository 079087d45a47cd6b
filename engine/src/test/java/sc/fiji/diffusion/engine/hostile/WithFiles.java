package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An input that has good files about it.
 *
 * @param input the one
 * @param files the others, by where they lie
 */
record WithFiles(HostileInput input, Map<String, byte[]> files) implements HostileInput {

    @Override
    public String name() {
        return input.name();
    }

    @Override
    public String file() {
        return input.file();
    }

    @Override
    public Map<String, byte[]> whole() {
        return input.whole();
    }

    @Override
    public Map<String, byte[]> broken() {
        return input.broken();
    }

    @Override
    public void read(Path folder) {
        input.read(folder);
    }

    @Override
    public void surround(Path folder) throws IOException {
        input.surround(folder);
        write(folder, files);
        Files.createDirectories(folder.resolve(file()).getParent());
    }

    /** Has a reader read files in a folder that is gone afterwards. */
    static void in(Map<String, byte[]> files, Consumer<Path> reader) {
        try {
            Path folder = Files.createTempDirectory("files");
            try {
                write(folder, files);
                reader.accept(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, file.getValue());
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
