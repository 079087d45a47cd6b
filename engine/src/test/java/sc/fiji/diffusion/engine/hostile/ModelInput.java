package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.hub.Models;

/**
 * One file of a model's folder; the others are those of the embedded model, by links, as a download's cache has them.
 *
 * @param file such as {@code unet/config.json}
 * @param broken by what is wrong with them
 * @param reader given the model's folder
 */
record ModelInput(String file, Map<String, byte[]> broken, Consumer<Path> reader) implements HostileInput {

    @Override
    public String name() {
        return file;
    }

    @Override
    public void surround(Path folder) throws IOException {
        Path model = Models.locate(Models.EMBEDDED);
        try (Stream<Path> files = Files.walk(model)) {
            for (Path original : files.toList()) {
                Path place = folder.resolve(model.relativize(original).toString());
                if (Files.isDirectory(original)) {
                    Files.createDirectories(place);
                } else {
                    Files.createSymbolicLink(place, original.toRealPath());
                }
            }
        }
    }

    @Override
    public Map<String, byte[]> whole() {
        return Map.of("the embedded model's", TextInput.bytes(original(file)));
    }

    @Override
    public void read(Path folder) {
        reader.accept(folder);
    }

    static String original(String file) {
        try {
            return Files.readString(Models.locate(Models.EMBEDDED).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
