package sc.fiji.diffusion.engine.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;

/**
 * What the Hugging Face hub calls a model: {@code owner/name}, {@code owner/name@revision}, or one file of it, {@code
 * owner/name/file.safetensors}. An address of the hub's pages, as people copy it, is read as well.
 *
 * @param owner a user or an organisation
 * @param name of the repository
 * @param revision a branch, a tag or a commit
 * @param file in the repository, with slashes; empty for all that makes up the model
 */
public record HubName(String owner, String name, String revision, Optional<String> file) {

    /** The revision where none is named. */
    public static final String USUAL_REVISION = "main";

    private static final String WORD = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9])?";
    private static final Pattern NAME = Pattern.compile(
            "(?<owner>" + WORD + ")/(?<name>" + WORD + ")(?:/(?<file>[^@]+))?(?:@(?<revision>[^@\\s]+))?");
    private static final Pattern PAGE = Pattern.compile(
            "https?://[^/]+/(?<owner>[^/]+)/(?<name>[^/?#]+)(?:/(?:tree|blob|resolve)/(?<revision>[^/?#]+)(?:/(?<file>[^?#]+))?)?/?(?:[?#].*)?");
    private static final Pattern REVISION =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*){0,4}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LONGEST = 200;

    public HubName {
        if (!isWord(owner) || !isWord(name)) {
            throw new RequestException("model: expected owner/name as on the hub, found " + owner + "/" + name);
        }
        if (revision.length() > LONGEST || !REVISION.matcher(revision).matches() || revision.contains("..")) {
            throw new RequestException(
                    "revision: expected a branch, a tag or a commit of " + owner + "/" + name + ", found " + revision);
        }
        file.ifPresent(HubPath::require);
    }

    /** The hub allows neither two dashes nor two dots in a row: the cache's folders are told apart by the dashes. */
    private static boolean isWord(String text) {
        return text.matches(WORD) && !text.contains("--") && !text.contains("..") && !text.endsWith(".git");
    }

    /**
     * The name that a text is, if it has the form of one. It may be a relative path as well.
     *
     * @throws RequestException if its revision can't be one
     */
    public static Optional<HubName> parse(String text) {
        String stripped = text.strip();
        for (Pattern form : List.of(PAGE, NAME)) {
            Matcher matcher = form.matcher(stripped);
            if (matcher.matches()
                    && isWord(matcher.group("owner"))
                    && isWord(matcher.group("name"))
                    && (matcher.group("file") == null || HubPath.isPortable(matcher.group("file")))) {
                return Optional.of(new HubName(
                        matcher.group("owner"),
                        matcher.group("name"),
                        Objects.requireNonNullElse(matcher.group("revision"), USUAL_REVISION),
                        Optional.ofNullable(matcher.group("file"))));
            }
        }
        return Optional.empty();
    }

    /** The name whose repository a folder of the cache holds, such as {@code models--owner--name}. */
    static Optional<HubName> ofFolder(Path folder) {
        String[] parts = folder.getFileName().toString().split("--", -1);
        boolean model = parts.length == 3 && parts[0].equals("models");
        return model && isWord(parts[1]) && isWord(parts[2])
                ? Optional.of(new HubName(parts[1], parts[2], USUAL_REVISION, Optional.empty()))
                : Optional.empty();
    }

    /** {@code owner/name}. */
    public String repository() {
        return owner + "/" + name;
    }

    /** Its folder in the cache. */
    public String folder() {
        return "models--" + owner + "--" + name;
    }

    /** Whether the revision is a commit, which never changes. */
    public boolean isCommit() {
        return isCommit(revision);
    }

    /** Whether a text is a commit's hash. */
    public static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** The same, of another revision. */
    public HubName at(String otherRevision) {
        return new HubName(owner, name, otherRevision, file);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String at = revision.equals(USUAL_REVISION) ? "" : "@" + revision;
        return repository() + file.map(path -> "/" + path).orElse("") + at;
    }
}
