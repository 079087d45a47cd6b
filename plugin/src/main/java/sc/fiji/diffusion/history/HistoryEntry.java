package sc.fiji.diffusion.history;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One use of a command.
 *
 * @param created when it ended
 * @param command as in the menu, such as {@code Text to Image...}
 * @param values by the keys of its form, with the seed that was drawn
 */
public record HistoryEntry(Instant created, String command, Map<String, String> values) {

    public HistoryEntry {
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(command, "command");
        values = Map.copyOf(values);
    }

    /** The value of a key; empty if there is none. */
    public String value(String key) {
        return values.getOrDefault(key, "");
    }
}
