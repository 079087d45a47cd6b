package sc.fiji.diffusion.engine.download;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * An answer, after all redirections.
 *
 * @param status of HTTP
 * @param first the headers of the hub's own answer
 * @param last the headers of the answer that has the body
 * @param body to be closed
 */
record HubAnswer(int status, HttpHeaders first, HttpHeaders last, InputStream body) {

    /** A header that only the hub itself gives. */
    Optional<String> ofHub(String name) {
        return first.firstValue(name);
    }

    Optional<String> header(String name) {
        return last.firstValue(name);
    }
}
