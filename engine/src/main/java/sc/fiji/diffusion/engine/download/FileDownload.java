package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.hub.HubName;

/**
 * Fetches the content of one file. What came of a transfer that broke stays in a partial file, and the next attempt, of
 * this process or a later one, asks for the rest. Only what has the size and the hash that the hub told before is put in
 * its place.
 */
final class FileDownload {

    private static final int BUFFER = 1 << 16;
    private static final int MOST_WRONG = 2;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final HubClient client;
    private final HubName name;
    private final String commit;
    private final HubFile file;
    private final Path place;
    private final PartialContent part;
    private final TransferMeter meter;
    private Optional<String> entityTag = Optional.empty();
    private boolean ranges = true;
    private long counted;
    private int wrong;

    /** @param place of the content in the cache */
    FileDownload(HubClient client, HubName name, String commit, HubFile file, Path place, TransferMeter meter) {
        this.client = client;
        this.name = name;
        this.commit = commit;
        this.file = file;
        this.place = place;
        this.part = PartialContent.of(place);
        this.meter = meter;
    }

    /** Returns once the content is at its place. */
    Path run(Exchange exchange) throws InterruptedException {
        Path done = client.retries().run(what(), () -> attempt(exchange));
        meter.fileDone();
        return done;
    }

    private String what() {
        return name.repository() + "/" + file.path();
    }

    private Outcome<Path> attempt(Exchange exchange) throws InterruptedException {
        if (part.size() > file.size()) {
            part.delete();
        }
        long before = part.size();
        count(before);
        if (before == file.size() && before > 0) {
            return checked();
        }
        try {
            Optional<Outcome<Path>> refused = transfer(before, exchange);
            if (refused.isPresent()) {
                return refused.get();
            }
        } catch (IOException e) {
            String why = exchange.wasSilent() ? "that nothing more came" : Retries.reason(e);
            return new Outcome.Again<>(why, Duration.ZERO, part.size() > before);
        } finally {
            exchange.end();
        }
        return part.size() == file.size()
                ? checked()
                : new Outcome.Again<>(
                        "only " + part.size() + " of " + file.size() + " bytes", Duration.ZERO, part.size() > before);
    }

    /** Empty once all that the server sent is in the partial file. */
    private Optional<Outcome<Path>> transfer(long start, Exchange exchange) throws IOException, InterruptedException {
        HubAnswer answer = client.http().get(HubClient.filePath(name, commit, file.path()), headers(start), exchange);
        int status = answer.status();
        if (status == RANGE_NOT_SATISFIABLE && start > 0) {
            return Optional.of(anew("no rest of the file"));
        }
        if (status != OK && status != PARTIAL) {
            return Optional.of(client.status(name).refused("the file " + file.path(), answer));
        }
        requireCommit(answer);
        long from = status == PARTIAL ? start : 0;
        if (status == PARTIAL && !isRest(answer, start)) {
            return Optional.of(anew("another part of the file than was asked for"));
        }
        Optional<String> length = answer.header("Content-Length");
        if (length.isPresent() && !length.get().equals(Long.toString(file.size() - from))) {
            return Optional.of(Outcome.Again.because(
                    "a length of " + length.get() + " instead of " + (file.size() - from) + " bytes"));
        }
        entityTag = answer.header("ETag").filter(tag -> tag.startsWith("\""));
        count(from);
        return copy(answer, from, exchange);
    }

    private Map<String, String> headers(long start) {
        Map<String, String> headers = new HashMap<>();
        if (start > 0 && ranges) {
            headers.put("Range", "bytes=" + start + "-");
            entityTag.ifPresent(tag -> headers.put("If-Range", tag));
        }
        return headers;
    }

    private Optional<Outcome<Path>> copy(HubAnswer answer, long from, Exchange exchange) throws IOException {
        try (FileChannel channel = part.open(from)) {
            byte[] buffer = new byte[BUFFER];
            long size = from;
            for (int read = answer.body().read(buffer);
                    read >= 0;
                    read = answer.body().read(buffer)) {
                exchange.sign();
                size += read;
                if (size > file.size()) {
                    return Optional.of(discarded("more than " + file.size() + " bytes"));
                }
                part.write(channel, buffer, read);
                meter.received(read);
                counted += read;
            }
        }
        return Optional.empty();
    }

    private boolean isRest(HubAnswer answer, long start) {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
        return start > 0
                && range.matches()
                && Long.parseLong(range.group(1)) == start
                && Long.parseLong(range.group(2)) == file.size() - 1
                && (range.group(3).equals("*") || Long.parseLong(range.group(3)) == file.size());
    }

    private void requireCommit(HubAnswer answer) {
        answer.ofHub("X-Repo-Commit").filter(found -> !found.equals(commit)).ifPresent(found -> {
            throw new EngineException(what() + ": expected it of commit " + commit + ", found " + found);
        });
    }

    private Outcome<Path> checked() {
        ContentHash found = part.hash(file.hash());
        if (!found.equals(file.hash())) {
            return discarded("content with " + found.label());
        }
        part.moveTo(place);
        return new Outcome.Done<>(place);
    }

    /** The server does not go on where it should: from the beginning, then. */
    private Outcome<Path> anew(String why) {
        ranges = false;
        part.delete();
        count(0);
        return Outcome.Again.because(why);
    }

    /** Not what the hub told: once that may be an accident. */
    private Outcome<Path> discarded(String found) {
        part.delete();
        count(0);
        wrong++;
        if (wrong >= MOST_WRONG) {
            throw new EngineException(what() + ": expected " + file.size() + " bytes with "
                    + file.hash().label() + ", found " + found + " twice; it was deleted");
        }
        return Outcome.Again.because(found);
    }

    /** Tells the meter what is here now. */
    private void count(long here) {
        meter.found(here - counted);
        counted = here;
    }
}
