package sc.fiji.diffusion.engine.download;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import sc.fiji.diffusion.engine.download.FaultyHub.Fault;

/** What servers, proxies and networks do. */
final class Faults {

    private Faults() {}

    /** None: the file, or the part that is asked for. */
    static void whole(HttpExchange exchange, byte[] content) throws IOException {
        int start = start(exchange);
        if (start >= content.length && start > 0) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (start > 0) {
            range(exchange, start, content.length - 1, content.length);
        }
        send(
                exchange,
                start > 0 ? 206 : 200,
                content.length - start,
                Arrays.copyOfRange(content, start, content.length));
    }

    /** The connection ends after so many bytes. */
    static Fault cutAfter(int bytes) {
        return (exchange, content) -> {
            int start = start(exchange);
            if (start > 0) {
                range(exchange, start, content.length - 1, content.length);
            }
            exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
            int count = Math.min(bytes, content.length - start);
            exchange.getResponseBody().write(content, start, count);
            exchange.getResponseBody().flush();
            if (count < content.length - start) {
                throw new IOException("broken off, as was wanted");
            }
        };
    }

    /** The file lacks its last bytes, and the header says so. */
    static Fault shorterBy(int bytes) {
        return (exchange, content) ->
                send(exchange, 200, content.length - bytes, Arrays.copyOf(content, content.length - bytes));
    }

    /** The file has bytes too many, and the header says so. */
    static Fault longerBy(int bytes) {
        return (exchange, content) ->
                send(exchange, 200, content.length + bytes, Arrays.copyOf(content, content.length + bytes));
    }

    /** The file has bytes too many, and no header says so. */
    static Fault longerInPiecesBy(int bytes) {
        return (exchange, content) -> send(exchange, 200, 0, Arrays.copyOf(content, content.length + bytes));
    }

    /** The file lacks its last bytes, and no header says so. */
    static Fault shorterInPiecesBy(int bytes) {
        return (exchange, content) -> send(exchange, 200, 0, Arrays.copyOf(content, content.length - bytes));
    }

    /** One byte is another. */
    static void damaged(HttpExchange exchange, byte[] content) throws IOException {
        byte[] other = content.clone();
        other[other.length / 2] ^= 1;
        whole(exchange, other);
    }

    static Fault status(int status, Map<String, String> headers) {
        return (exchange, content) -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Fault redirect(URI address) {
        return status(302, Map.of("Location", address.toString()));
    }

    /** Takes no notice that only a part is asked for. */
    static void ignoringRanges(HttpExchange exchange, byte[] content) throws IOException {
        send(exchange, 200, content.length, content);
    }

    /** Sends another part than the one that is asked for. */
    static void anotherRange(HttpExchange exchange, byte[] content) throws IOException {
        int start = start(exchange);
        if (start == 0) {
            whole(exchange, content);
            return;
        }
        range(exchange, start - 1, content.length - 1, content.length);
        send(exchange, 206, content.length - start + 1, Arrays.copyOfRange(content, start - 1, content.length));
    }

    /** Sends the wrong bytes as the part that is asked for. */
    static void wrongBytesInRange(HttpExchange exchange, byte[] content) throws IOException {
        int start = start(exchange);
        if (start == 0) {
            whole(exchange, content);
            return;
        }
        range(exchange, start, content.length - 1, content.length);
        send(exchange, 206, content.length - start, Arrays.copyOf(content, content.length - start));
    }

    /** Sends some bytes and then nothing more, for as long as the test takes. */
    static Fault stallAfter(int bytes) {
        return (exchange, content) -> {
            int start = start(exchange);
            if (start > 0) {
                range(exchange, start, content.length - 1, content.length);
            }
            exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
            exchange.getResponseBody().write(content, start, Math.min(bytes, content.length - start));
            exchange.getResponseBody().flush();
            sleep(20_000);
        };
    }

    /** No answer at all. */
    static void silent(HttpExchange exchange, byte[] content) throws IOException {
        sleep(20_000);
        throw new IOException("not answered, as was wanted");
    }

    /** Sends pieces of so many bytes with a pause before each. */
    static Fault drip(int bytes, int pauseMillis) {
        return (exchange, content) -> {
            int start = start(exchange);
            if (start > 0) {
                range(exchange, start, content.length - 1, content.length);
            }
            exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
            OutputStream out = exchange.getResponseBody();
            for (int at = start; at < content.length; at += bytes) {
                sleep(pauseMillis);
                out.write(content, at, Math.min(bytes, content.length - at));
                out.flush();
            }
        };
    }

    private static void sleep(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the test is over", e);
        }
    }

    private static void range(HttpExchange exchange, int first, int last, int total) {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + total);
    }

    private static void send(HttpExchange exchange, int status, int length, byte[] bytes) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
        }
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().close();
        }
    }

    private static int start(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
    }
}
