package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.hub.HubPath;

/** What a server says of its files is read as an attack. */
class ListingReaderTest {

    private static final String HASH = "a".repeat(40);

    @Test
    void filesHaveTheirSizesAndHashes() {
        Listing listing = read("{\"sha\": \"" + FaultyHub.COMMIT
                + "\", \"cardData\": {\"license\": \"mit\"}, \"siblings\": ["
                + "{\"rfilename\": \"unet/a.safetensors\", \"size\": 99, \"blobId\": \"" + HASH
                + "\", \"lfs\": {\"sha256\": \"" + "b".repeat(64) + "\", \"size\": 7000, \"pointerSize\": 134}},"
                + "{\"rfilename\": \"b.json\", \"size\": 3, \"blobId\": \"" + HASH + "\"}]}");
        assertEquals(
                List.of(
                        new HubFile("unet/a.safetensors", 7000, new ContentHash("b".repeat(64))),
                        new HubFile("b.json", 3, new ContentHash(HASH))),
                listing.files());
        assertEquals("mit", listing.license().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.json",
                "unet/../../evil.json",
                "/etc/passwd",
                "C:/evil.json",
                "C:evil",
                "..\\evil.json",
                "unet\\evil.json",
                "a//b",
                "./a",
                "a/.",
                "a/.. /b",
                "",
                "a\nb",
                "a\u0000b"
            })
    void namesThatLeadElsewhereAreRefused(String name) {
        CheckpointException e = assertThrows(CheckpointException.class, () -> read(listing(name)));
        assertTrue(e.getMessage().startsWith("lab/model: rfilename: expected "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "con",
                "unet/NUL.json",
                "aux.safetensors",
                "COM1",
                "ab:c",
                "a?b",
                "trailing.",
                "a/trailing ",
                "lpt9.x.y"
            })
    void namesThatSomeSystemCantHaveAreLeftOut(String name) {
        assertEquals(List.of(), read(listing(name)).files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"sha\": 5, \"siblings\": []}",
                "{\"sha\": \"main\", \"siblings\": []}",
                "{\"sha\": \"../../../../../../../../../../../../../x\", \"siblings\": []}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\"}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": {}}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [1]}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [{\"rfilename\": [\"a\"]}]}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [{\"rfilename\": \"a\", \"size\": 1}]}",
                "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"sha\": \"x\", \"siblings\": []}"
            })
    void whatIsNoListIsRefused(String text) {
        assertThrows(CheckpointException.class, () -> read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1e400", "99999999999999999999", "\"7\"", "null", "{}"})
    void sizesAreWholeNumbersOfBytes(String size) {
        String text = "{\"sha\": \"" + FaultyHub.COMMIT + "\", \"siblings\": [{\"rfilename\": \"a\", \"blobId\": \""
                + HASH + "\", \"size\": " + size + "}]}";
        assertThrows(CheckpointException.class, () -> read(text));
    }

    @Test
    void twoNamesThatAreOneOnSomeSystemsAreRefused() {
        JsonArray siblings = new JsonArray();
        siblings.add(FaultyHub.sibling("unet/a.json", new byte[1]));
        siblings.add(FaultyHub.sibling("UNET/A.json", new byte[2]));
        assertThrows(CheckpointException.class, () -> read(listing(siblings)));
    }

    @Property(tries = 2000)
    void whateverNameIsTakenLiesInTheFolder(@ForAll("names") String name) {
        Listing listing;
        try {
            listing = read(listing(name));
        } catch (CheckpointException refused) {
            return;
        }
        Path folder = Path.of("").toAbsolutePath().resolve("snapshot");
        for (HubFile file : listing.files()) {
            Path place = HubPath.in(folder, file.path());
            assertEquals(place.normalize(), place, name);
            assertTrue(place.startsWith(folder) && !place.equals(folder), name);
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> parts = Arbitraries.of(
                "..",
                ".",
                "",
                "a",
                "unet",
                "con",
                "nul.txt",
                "C:",
                "\\",
                "\\\\host",
                "~",
                " ",
                "x ",
                "x.",
                "\u0000",
                "%2e%2e",
                "é",
                "\u202e");
        Arbitrary<String> words = Arbitraries.strings().ofMaxLength(6);
        return Arbitraries.frequencyOf(Tuple.of(4, parts), Tuple.of(1, words))
                .list()
                .ofMaxSize(5)
                .map(list -> String.join("/", list));
    }

    @Property(tries = 2000)
    void aDamagedAnswerIsReadOrRefusedInASentence(@ForAll("positions") double position, @ForAll("signs") String sign) {
        JsonArray siblings = new JsonArray();
        siblings.add(FaultyHub.sibling("unet/a.json", new byte[1]));
        siblings.add(FaultyHub.sibling("b.safetensors", new byte[9000]));
        String text = listing(siblings);
        int at = (int) (position * (text.length() - 1));
        try {
            read(text.substring(0, at) + sign + text.substring(at + 1));
        } catch (DiffusionException refused) {
            assertTrue(refused.getMessage().startsWith("lab/model: "), refused.getMessage());
        }
    }

    @Provide
    Arbitrary<Double> positions() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.of(
                "", "\"", "{", "}", "[", "]", ",", ":", "0", "9", "-", "e", ".", "\\", "null", "[[[[", "é");
    }

    private static Listing read(String text) {
        return ListingReader.read("lab/model", text);
    }

    private static String listing(String name) {
        JsonArray siblings = new JsonArray();
        siblings.add(FaultyHub.sibling(name, new byte[1]));
        return listing(siblings);
    }

    private static String listing(JsonArray siblings) {
        JsonObject root = new JsonObject();
        root.addProperty("sha", FaultyHub.COMMIT);
        root.add("siblings", siblings);
        return root.toString();
    }
}
