package sc.fiji.diffusion.form;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a help page: {@code <dt>} names fields with their keys in {@code <tt>}, {@code <dd>} says what they are for. */
final class HelpText {

    /** Of signs: two lines of a dialog. */
    private static final int LONGEST = 140;

    private static final Pattern ENTRY = Pattern.compile("(?s)<dt>(.*?)</dt>\\s*<dd>(.*?)</dd>");
    private static final Pattern KEY = Pattern.compile("<tt>([a-z]+)</tt>");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.;:]) ");

    private HelpText() {}

    /** By the keys of the fields, plain text of as many whole sentences as fit, at least one. */
    static Map<String, String> descriptions(String html) {
        Map<String, String> descriptions = new HashMap<>();
        ENTRY.matcher(html).results().forEach(entry -> {
            String description = beginning(plain(entry.group(2)));
            // Fields that only the text names, such as the thresholds of edges, come second.
            KEY.matcher(entry.group(2)).results().forEach(key -> descriptions.putIfAbsent(key.group(1), description));
            KEY.matcher(entry.group(1)).results().forEach(key -> descriptions.put(key.group(1), description));
        });
        return descriptions;
    }

    private static String plain(String html) {
        String text = html.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ").strip();
        return Pattern.compile("&(?:#([0-9]{1,6})|(lt|gt|amp));")
                .matcher(text)
                .replaceAll(entity -> Matcher.quoteReplacement(
                        entity.group(1) == null
                                ? Map.of("lt", "<", "gt", ">", "amp", "&").get(entity.group(2))
                                : Character.toString(Integer.parseInt(entity.group(1)))));
    }

    private static String beginning(String text) {
        StringBuilder beginning = new StringBuilder();
        for (String sentence : SENTENCE_END.split(text, -1)) {
            if (beginning.length() > 0 && beginning.length() + 1 + sentence.length() > LONGEST) {
                break;
            }
            beginning.append(beginning.length() == 0 ? "" : " ").append(sentence);
        }
        // A list of choices would begin behind it.
        return beginning.toString().replaceAll("[;:]$", ".");
    }
}
