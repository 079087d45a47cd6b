package sc.fiji.diffusion.engine.hub;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;

/**
 * The names of files in repositories, which strangers chose. One that would lie elsewhere than in its folder, on whichever
 * system, is an attack; one that only some system can't have is left alone.
 */
public final class HubPath {

    private static final int LONGEST = 1024;
    private static final int LONGEST_PART = 200;

    /** What Windows takes for a device, in any folder and with any ending. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\\..*)?");

    private HubPath() {}

    /** Whether writing to it could leave its folder: it is absolute, goes up, or has the signs of another system. */
    public static boolean isHostile(String path) {
        return path.isEmpty()
                || path.indexOf('\\') >= 0
                || path.startsWith("/")
                || path.matches("[A-Za-z]:.*")
                || path.chars().anyMatch(Character::isISOControl)
                || parts(path).stream().anyMatch(part -> part.strip().matches("|\\.|\\.\\."));
    }

    /** Whether every system can have it: no devices, no signs that are not allowed, not too long. */
    public static boolean isPortable(String path) {
        return !isHostile(path)
                && path.length() <= LONGEST
                && parts(path).stream().allMatch(HubPath::isPortablePart);
    }

    private static boolean isPortablePart(String part) {
        return part.length() <= LONGEST_PART
                && part.chars().noneMatch(c -> "<>:\"|?*".indexOf(c) >= 0)
                && !part.endsWith(".")
                && !part.endsWith(" ")
                && !DEVICE.matcher(part).matches();
    }

    /** @throws RequestException unless every system can have it, inside the folder */
    public static void require(String path) {
        if (!isPortable(path)) {
            throw new RequestException("file: expected the path of a file in the repository, found " + path);
        }
    }

    /** Where it lies in a folder. */
    public static Path in(Path folder, String path) {
        require(path);
        Path place = folder;
        for (String part : parts(path)) {
            place = place.resolve(part);
        }
        return place;
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }
}
