package sc.fiji.diffusion.engine.download;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HubSettings;

/**
 * What an answer without a file means, in words.
 *
 * @param name of the model that was asked for
 * @param settings that were asked with
 */
record HubStatus(HubName name, HubSettings settings) {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    /**
     * What passes.
     *
     * @param what was asked for
     * @throws EngineException if it does not
     */
    <T> Outcome<T> refused(String what, HubAnswer answer) {
        int status = answer.status();
        if (PASSING.contains(status)) {
            String why = status == TOO_MANY ? "that the hub is asked too often (429)" : "the hub's failure " + status;
            return new Outcome.Again<>(why, retryAfter(answer), false);
        }
        String code = answer.ofHub("X-Error-Code").orElse("");
        String expected = name.repository() + ": expected " + what + " on "
                + settings.endpoint().getHost() + ", found ";
        String page = settings.endpoint() + "/" + name.repository();
        if (code.equals("GatedRepo")) {
            throw new EngineException(expected + "that its owner lets in only who agreed to conditions; do so on "
                    + page + " and set HF_TOKEN to a token of yours");
        }
        throw switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                new EngineException(expected
                        + (settings.token().isPresent()
                                ? "that the token gives no access (" + status + "); see " + page
                                : "nothing that is open to all (" + status
                                        + "): check the name, or set HF_TOKEN to a token of" + " yours"));
            case NOT_FOUND -> new EngineException(expected + notFound(code));
            default -> new EngineException(expected + "the HTTP status " + status);
        };
    }

    private String notFound(String code) {
        return switch (code) {
            case "RevisionNotFound" -> "no revision " + name.revision();
            case "EntryNotFound" -> "no such file";
            default -> "nothing of that name (404)";
        };
    }

    /** In seconds or as a date. */
    private static Duration retryAfter(HubAnswer answer) {
        String text = answer.header("Retry-After").orElse("0").strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            ZonedDateTime then =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
            Duration wait = Duration.between(ZonedDateTime.now(then.getZone()), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException notADate) {
            return Duration.ZERO;
        }
    }
}
