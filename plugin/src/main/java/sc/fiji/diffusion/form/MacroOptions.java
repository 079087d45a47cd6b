package sc.fiji.diffusion.form;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Reads the options of a macro's {@code run("Command...", "width=128 append prompt=[many green nuclei]")} from left to
 * right: {@code key=value}, or the key alone for a flag. A value ends at the next space, unless it stands in brackets
 * (see {@link MacroText}) or single quotes; {@code key=&name} is the value of the macro's variable. As nothing inside
 * a value is taken for a key, keys may stand in any order. An unknown key is refused: it is a typing error, or a text
 * that lacks its brackets.
 */
public final class MacroOptions {

    /** As Java writes doubles. */
    private static final Pattern EXPONENT = Pattern.compile("-?[0-9]\\.[0-9]{1,17}E-?[0-9]{1,3}");

    private final Form form;
    private final String options;
    private final Function<String, Optional<String>> variables;
    private final Map<String, String> texts = new HashMap<>();
    private int position;

    private MacroOptions(Form form, String options, Function<String, Optional<String>> variables) {
        this.form = form;
        this.options = options;
        this.variables = variables;
    }

    /**
     * The values that the options give; keys left out have none.
     *
     * @param variables the value of a macro's variable, if there is one of that name
     * @throws RequestException if they can't be read
     */
    public static FieldValues read(Form form, String options, Function<String, Optional<String>> variables) {
        return new MacroOptions(form, options, variables).readAll();
    }

    private FieldValues readAll() {
        skipSpaces();
        while (position < options.length()) {
            readOption();
            skipSpaces();
        }
        return new FieldValues(texts);
    }

    private void readOption() {
        int start = position;
        while (position < options.length() && !isSpace(position) && options.charAt(position) != '=') {
            position++;
        }
        String key = options.substring(start, position);
        Field field = form.field(key).orElseThrow(() -> unknown(key));
        boolean hasValue = position < options.length() && options.charAt(position) == '=';
        if (!hasValue && !(field instanceof Field.Flag)) {
            throw new RequestException(key + ": expected " + key + "=value, found the key alone");
        }
        if (texts.put(key, hasValue ? readValue(field) : FieldValues.YES) != null) {
            throw new RequestException(key + ": expected the key once, found it twice");
        }
    }

    private RequestException unknown(String key) {
        return new RequestException(form.title() + ": expected a key (" + String.join(", ", form.keys()) + "), found \""
                + key + "\"; a text with spaces stands in brackets, as in prompt=[two words], and a bracket without its"
                + " partner is written \\[ or \\]");
    }

    private String readValue(Field field) {
        position++;
        char first = position < options.length() ? options.charAt(position) : ' ';
        if (first == '[') {
            String raw = readUntil(MacroText.closingBracket(options, position), field, "]");
            return field instanceof Field.Text ? MacroText.decode(raw) : raw;
        }
        if (first == '\'') {
            return readUntil(options.indexOf('\'', position + 1), field, "'");
        }
        int start = position;
        while (position < options.length() && !isSpace(position)) {
            position++;
        }
        String raw = options.substring(start, position);
        return raw.startsWith("&") ? variable(field, raw.substring(1)).orElse(raw) : raw;
    }

    /** A number's digits are all there, whatever its exponent. */
    private Optional<String> variable(Field field, String name) {
        return variables.apply(name).map(text -> field instanceof Field.Numeric ? withoutExponent(text) : text);
    }

    private static String withoutExponent(String text) {
        return EXPONENT.matcher(text).matches() ? new BigDecimal(text).toPlainString() : text;
    }

    /** What is between the quote at the position and the one that ends it. */
    private String readUntil(int end, Field field, String quote) {
        if (end < 0) {
            throw new RequestException(field.key() + ": expected a closing " + quote + " behind the text, found none"
                    + "; a bracket without its partner is written \\[ or \\]");
        }
        String raw = options.substring(position + 1, end);
        position = end + 1;
        return raw;
    }

    private void skipSpaces() {
        while (position < options.length() && isSpace(position)) {
            position++;
        }
    }

    private boolean isSpace(int at) {
        return Character.isWhitespace(options.charAt(at));
    }
}
