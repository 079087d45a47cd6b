package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;

/** A single file's tokenizer, with vocabularies of four tokens. */
class TokenizerSearchTest {

    private static final Optional<String> PADDING = Optional.of("!");

    @TempDir
    private Path root;

    private Path file;
    private Path cache;

    @BeforeEach
    void pointToAnEmptyCache() throws IOException {
        file = Files.createDirectories(root.resolve("models")).resolve("model.safetensors");
        cache = root.resolve("hub");
        System.setProperty(HuggingFaceCache.PROPERTY, cache.toString());
    }

    @AfterEach
    void pointBack() {
        System.clearProperty(HuggingFaceCache.PROPERTY);
    }

    @Test
    void withoutAnyNothingIsFound() {
        assertEquals(Optional.empty(), find());
    }

    @Test
    void oneBesideTheFileIsTaken() throws IOException {
        Path beside = tokenizer(file.resolveSibling("tokenizer"), 4);
        assertEquals(Optional.of(new TokenizerFolder(beside, PADDING)), find());
    }

    @Test
    void thePublishersComesFirstOfThoseInTheCache() throws IOException {
        Path other = tokenizer(cache.resolve("models--a--b/snapshots/1/tokenizer"), 4);
        assertEquals(other, find().orElseThrow().path());
        Path first = tokenizer(cache.resolve("models--openai--clip-vit-large-patch14/snapshots/9"), 4);
        assertEquals(first, find().orElseThrow().path());
    }

    @Test
    void ofAnotherSizeOrBrokenOnesArePassedOver() throws IOException {
        tokenizer(cache.resolve("models--a--a/snapshots/1"), 5);
        Path broken = tokenizer(cache.resolve("models--a--b/snapshots/1"), 4);
        Files.writeString(broken.resolve("vocab.json"), "[");
        Path good = tokenizer(cache.resolve("models--a--c/snapshots/1/tokenizer_2"), 4);
        assertEquals(good, find().orElseThrow().path());
    }

    @Test
    void aModelsOwnKeepsItsPadding() throws IOException {
        Path configs = root.resolve("configs");
        Path own = tokenizer(configs.resolve("tokenizer_2"), 4);
        TokenizerSearch search = new TokenizerSearch(Optional.empty(), Optional.of(configs), file);
        assertEquals(Optional.of(TokenizerFolder.own(own)), search.find("tokenizer_2", 4, PADDING));
    }

    @Test
    void thePaddingOfTheTextEncoderIsUsedWithATokenizerOfAnother() throws IOException {
        tokenizer(file.resolveSibling("tokenizer"), 4);
        int[] ids = find().orElseThrow().open().encode("");
        assertEquals(0, ids[2]);
        assertEquals(77, ids.length);
    }

    @Test
    void aNamedOneMustFit() throws IOException {
        Path named = tokenizer(root.resolve("named"), 5);
        TokenizerSearch search = new TokenizerSearch(Optional.of(named), Optional.empty(), file);
        String message = assertThrows(CheckpointException.class, () -> search.find("tokenizer", 4, PADDING))
                .getMessage();
        assertTrue(message.endsWith("expected a vocabulary of 4 tokens, as the text encoder has, found 5"), message);
        assertEquals(named, search.find("tokenizer", 5, PADDING).orElseThrow().path());
    }

    @Test
    void whatIsMissingIsToldWithWhereToGetIt() {
        String message = TokenizerSearch.missing(file).getMessage();
        assertTrue(message.contains("vocab.json and merges.txt") && message.contains("openai/clip-vit-large-patch14"));
    }

    private Optional<TokenizerFolder> find() {
        return new TokenizerSearch(Optional.empty(), Optional.empty(), file).find("tokenizer", 4, PADDING);
    }

    private static Path tokenizer(Path folder, int tokens) throws IOException {
        Files.createDirectories(folder);
        String more = ", \"b</w>\": 4".repeat(tokens - 4);
        Files.writeString(
                folder.resolve("vocab.json"),
                "{\"!\": 0, \"a</w>\": 1, \"<|startoftext|>\": 2, \"<|endoftext|>\": 3" + more + "}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
        return folder;
    }
}
