package sc.fiji.diffusion.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts behind the dialogs' Help buttons: they need no network. */
final class HelpPage {

    private HelpPage() {}

    /** @param page the name of a file beside this class */
    static String html(String page) {
        try (InputStream stream = HelpPage.class.getResourceAsStream(page)) {
            if (stream == null) {
                throw new IllegalStateException(page + ": expected it in the plugin's jar, found none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
