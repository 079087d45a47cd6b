package sc.fiji.diffusion.engine.worker;

import com.google.gson.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A worker's standard output, on which it answers, a line each. Native libraries print there too, at any time and
 * without a line's end: so a line begins with a line feed, and is short enough (4096 bytes, by POSIX) for the system to
 * write it in one go.
 */
final class Replies {

    private static final int LONGEST = 4096;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    /** Does nothing where nobody listens any more: the worker then ends anyway. */
    synchronized void send(JsonObject message) {
        byte[] line = ("\n" + ascii(message.toString()) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (line.length > LONGEST) {
            throw new IllegalArgumentException("answer of " + line.length + " bytes");
        }
        try {
            out.write(line);
            // So that lines end there too, and Appose does not gather one for ever.
            System.err.write('\n');
        } catch (IOException gone) {
            // The client has ended; so does the worker as soon as it reads on.
        }
    }

    /** Appose reads in whatever encoding the system has. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.chars().forEach(sign -> text.append(sign < 128 ? "" + (char) sign : String.format("\\u%04x", sign)));
        return text.toString();
    }
}
