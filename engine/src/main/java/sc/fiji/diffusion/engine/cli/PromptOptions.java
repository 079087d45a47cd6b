package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

/**
 * What to show and what to keep away from: as an option, or in UTF-8 from a file or standard input, which bring the
 * letters of any language through where the system's own encoding does not.
 */
final class PromptOptions {

    private static final String STANDARD_INPUT = "-";
    private static final int MOST_BYTES = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** What Java puts in the place of bytes that the system's encoding doesn't know. */
    private static final char REPLACEMENT = '\uFFFD';

    @ArgGroup(multiplicity = "1")
    private Positive positive;

    /** Null if no option says it. */
    @ArgGroup
    private Negative negative;

    @Option(
            names = "--plain-prompt",
            description = "Take brackets and BREAK as text, as diffusers does. Without it, (word) weighs 1.1 times as"
                    + " much, (word:1.3) 1.3 times, [word] 1/1.1 times, \\( is a bracket, and BREAK begins a new chunk of"
                    + " 75 tokens, as in AUTOMATIC1111's webui.")
    private boolean plain;

    /** Where the prompt is. */
    static final class Positive {

        @Option(
                names = "--prompt",
                required = true,
                paramLabel = "TEXT",
                description = "What to show, of any length; - reads it from standard input, in UTF-8.")
        private String text;

        @Option(
                names = "--prompt-file",
                required = true,
                paramLabel = "FILE",
                description = "A text file in UTF-8 that says what to show.")
        private Path file;
    }

    /** Where the negative prompt is. */
    static final class Negative {

        @Option(
                names = "--negative",
                required = true,
                paramLabel = "TEXT",
                description = "What to keep away from; - reads it from standard input, in UTF-8.")
        private String text;

        @Option(
                names = "--negative-file",
                required = true,
                paramLabel = "FILE",
                description = "A text file in UTF-8 that says what to keep away from.")
        private Path file;
    }

    PromptSyntax syntax() {
        return plain ? PromptSyntax.PLAIN : PromptSyntax.WEIGHTED;
    }

    String prompt() throws IOException {
        requireOneOfStandardInput();
        return text("prompt", positive.text, positive.file);
    }

    String negativePrompt() throws IOException {
        if (negative == null) {
            return "";
        }
        return text("negative", negative.text, negative.file);
    }

    private void requireOneOfStandardInput() {
        if (negative != null && STANDARD_INPUT.equals(positive.text) && STANDARD_INPUT.equals(negative.text)) {
            throw new RequestException("negative: expected one text from standard input, found two that ask for it");
        }
    }

    private static String text(String option, String given, Path file) throws IOException {
        if (file != null) {
            if (!Files.isRegularFile(file)) {
                throw new RequestException(option + "-file: expected a text file, found none at " + file);
            }
            try (InputStream in = Files.newInputStream(file)) {
                return decoded(option + "-file", in);
            }
        }
        if (given.equals(STANDARD_INPUT)) {
            return decoded(option, System.in);
        }
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (given.indexOf(REPLACEMENT) >= 0 && !encoding.equals("UTF-8")) {
            throw new RequestException(
                    option + ": expected signs of the system's encoding, " + encoding + ", found others; --" + option
                            + "-file FILE, --" + option + " - or a locale with UTF-8 takes them");
        }
        return given;
    }

    private static String decoded(String option, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new RequestException(option + ": expected at most " + MOST_BYTES + " bytes, found more");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return (marked ? text.substring(1) : text).strip();
        } catch (CharacterCodingException e) {
            throw new RequestException(option + ": expected a text in UTF-8, found other bytes", e);
        }
    }
}
