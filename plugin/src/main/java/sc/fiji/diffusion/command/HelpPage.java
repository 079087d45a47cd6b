package sc.fiji.diffusion.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts behind the dialogs' Help buttons: they need no network. What several of them say is in a file of its own, for
 * which a line such as {@code <!-- help/prompt.html -->} stands.
 */
final class HelpPage {

    private static final Pattern SHARED = Pattern.compile("<!-- (help/[a-z-]+\\.html) -->\\R");

    private HelpPage() {}

    /** @param page the name of a file beside this class */
    static String html(String page) {
        return SHARED.matcher(resource(page)).replaceAll(HelpPage::shared);
    }

    /** Backslashes in it are its own. */
    private static String shared(MatchResult line) {
        return Matcher.quoteReplacement(resource(line.group(1)));
    }

    private static String resource(String name) {
        try (InputStream stream = HelpPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + ": expected it in the plugin's jar, found none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
