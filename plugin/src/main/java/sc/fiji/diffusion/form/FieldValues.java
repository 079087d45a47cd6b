package sc.fiji.diffusion.form;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Texts by the keys of their fields; immutable. Not every field of a form need have one.
 *
 * @param texts as typed
 */
public record FieldValues(Map<String, String> texts) {

    /** What a flag's text is when it is set. */
    public static final String YES = "true";

    /** What a flag's text is when it is not. */
    public static final String NO = "false";

    private static final int LONGEST_NUMBER = 100;

    public FieldValues {
        texts = Map.copyOf(texts);
    }

    /** No values at all. */
    public static FieldValues none() {
        return new FieldValues(Map.of());
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /** These, with one set or replaced. */
    public FieldValues with(String key, String text) {
        Map<String, String> changed = new HashMap<>(texts);
        changed.put(key, text);
        return new FieldValues(changed);
    }

    /** These, but those of some keys. */
    public FieldValues without(Set<String> keys) {
        Map<String, String> others = new HashMap<>(texts);
        others.keySet().removeAll(keys);
        return new FieldValues(others);
    }

    /** These, of some keys alone. */
    public FieldValues only(Collection<String> keys) {
        Map<String, String> some = new HashMap<>(texts);
        some.keySet().retainAll(keys);
        return new FieldValues(some);
    }

    /** These, and where one is missing, the other's. */
    public FieldValues orElse(FieldValues others) {
        Map<String, String> merged = new HashMap<>(others.texts);
        merged.putAll(texts);
        return new FieldValues(merged);
    }

    /** @throws RequestException if there is none */
    public String text(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new RequestException(key + ": expected a value, found none");
        }
        return text;
    }

    /**
     * Macros write large numbers with an exponent, and not all digits: that would be another number.
     *
     * @throws RequestException if it is not a whole number of 64 bits, with all its digits
     */
    public long wholeNumber(String key) {
        try {
            BigDecimal number = decimal(key);
            if (number.scale() < 0) {
                throw new RequestException(key + ": expected a whole number with all its digits, as d2s(" + key
                        + ", 0) writes it in a macro, found \"" + text(key) + "\"");
            }
            return number.longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RequestException(key + ": expected a whole number, found \"" + text(key) + "\"", e);
        }
    }

    /** @throws RequestException if it is not a whole number of 32 bits */
    public int wholeInt(String key) {
        try {
            return Math.toIntExact(wholeNumber(key));
        } catch (ArithmeticException e) {
            throw new RequestException(key + ": expected a smaller number, found " + text(key), e);
        }
    }

    /** @throws RequestException if it is not a finite number */
    public double number(String key) {
        try {
            double number = decimal(key).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
            throw new NumberFormatException("beyond every double");
        } catch (NumberFormatException e) {
            throw new RequestException(key + ": expected a number, found \"" + text(key) + "\"", e);
        }
    }

    /** Long digits take a time that grows with their square. */
    private BigDecimal decimal(String key) {
        String text = text(key).strip();
        if (text.length() > LONGEST_NUMBER) {
            throw new NumberFormatException("too long");
        }
        return new BigDecimal(text);
    }

    /** @throws RequestException if it is neither {@link #YES} nor {@link #NO} */
    public boolean flag(String key) {
        return switch (text(key)) {
            case YES -> true;
            case NO -> false;
            default -> throw new RequestException(key + ": expected true or false, found \"" + text(key) + "\"");
        };
    }
}
