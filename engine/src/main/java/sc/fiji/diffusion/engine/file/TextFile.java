package sc.fiji.diffusion.engine.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import sc.fiji.diffusion.engine.CheckpointException;

/** Reads a text of a checkpoint whole. */
public final class TextFile {

    private TextFile() {}

    /**
     * The text of a file.
     *
     * @param what was expected there, for messages, such as {@code a configuration file}
     * @param mostBytes more are never read
     * @throws CheckpointException if there is no regular file of that name, it is larger, not UTF-8, or can't be read
     */
    public static String read(Path file, String what, int mostBytes) {
        if (!Files.isRegularFile(file)) {
            String found = Files.exists(file) ? "something else than a file" : "none";
            throw new CheckpointException(file + ": expected " + what + ", found " + found);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes);
            if (in.read() >= 0) {
                throw new CheckpointException(
                        file + ": expected " + what + " of at most " + mostBytes + " bytes, found " + Files.size(file));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CheckpointException(
                    file + ": expected " + what + " in UTF-8, found bytes that are none", notUtf8);
        } catch (IOException failed) {
            throw new CheckpointException(file + ": expected " + what + " that can be read, found " + failed, failed);
        }
    }
}
