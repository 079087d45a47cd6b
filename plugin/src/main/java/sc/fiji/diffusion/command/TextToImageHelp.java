package sc.fiji.diffusion.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text behind the dialog's Help button: it needs no network. */
final class TextToImageHelp {

    private static final String PAGE = "text-to-image.html";

    private TextToImageHelp() {}

    static String html() {
        try (InputStream page = TextToImageHelp.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new IllegalStateException(PAGE + ": expected it in the plugin's jar, found none");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
