package sc.fiji.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README and the pages in docs/ hang together: no link leads nowhere, no page or picture is forgotten. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : DocumentedText.pages()) {
            for (String link : links(page).toList()) {
                if (!leadsSomewhere(page, link)) {
                    broken.add(page.getFileName() + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPageIsLinkedFromTheReadme() throws IOException {
        Set<String> linked = links(DocumentedText.ROOT.resolve("README.md")).collect(Collectors.toSet());
        List<String> missing = DocumentedText.files("docs", ".md").stream()
                .map(page -> "docs/" + page.getFileName())
                .filter(page -> !linked.contains(page))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void everyPictureIsShownOnAPage() throws IOException {
        Set<String> shown = new HashSet<>();
        for (Path page : DocumentedText.pages()) {
            links(page).map(link -> Path.of(link).getFileName()).forEach(name -> shown.add(String.valueOf(name)));
        }
        List<String> unused = DocumentedText.files("docs/images", ".png").stream()
                .map(picture -> picture.getFileName().toString())
                .filter(picture -> !shown.contains(picture))
                .toList();
        assertEquals(List.of(), unused);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** Those into this repository. */
    private static Stream<String> links(Path page) {
        return LINK.matcher(withoutCode(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(link -> !link.contains("://"));
    }

    /** The headings as GitHub names them in addresses. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(withoutCode(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String withoutCode(Path page) {
        return CODE.matcher(DocumentedText.read(page)).replaceAll("");
    }
}
