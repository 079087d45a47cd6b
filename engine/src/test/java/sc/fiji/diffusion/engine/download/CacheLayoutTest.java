package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.InstalledModel;
import sc.fiji.diffusion.engine.hub.InstalledModels;
import sc.fiji.diffusion.engine.hub.ModelFile;
import sc.fiji.diffusion.engine.hub.ModelKind;
import sc.fiji.diffusion.engine.hub.ModelRemoval;
import sc.fiji.diffusion.engine.hub.Models;

/** Where files are put, and what becomes of them. */
class CacheLayoutTest extends HubTest {

    private Path repository() {
        return cache.resolve("models--lab--edges");
    }

    @Test
    void contentsLinksAndRevisionsLieWhereHuggingFaceHubPutsThem() throws IOException {
        Path snapshot = fetch();
        assertEquals(repository().resolve("snapshots").resolve(FaultyHub.COMMIT), snapshot);
        assertEquals(
                FaultyHub.COMMIT, Files.readString(repository().resolve("refs").resolve("main")));
        for (String file : List.of("config.json", WEIGHTS, "README.md")) {
            assertEquals(
                    Path.of("..", "..", "blobs", FaultyHub.hash(hub.content(file))),
                    Files.readSymbolicLink(snapshot.resolve(file)),
                    file);
        }
        assertTrue(Files.exists(cache.resolve(".locks")
                .resolve("models--lab--edges")
                .resolve(FaultyHub.hash(hub.content(WEIGHTS)) + ".lock")));
        assertTrue(Files.readString(cache.resolve("CACHEDIR.TAG"))
                .startsWith("Signature: 8a477f597d28d172789f06886806bc55"));
        assertEquals(0, hub.count("diffusion_pytorch_model.bin"), "pickles fetched");
    }

    @Test
    void whatIsHereIsNotFetchedAgain() {
        Path snapshot = fetch();
        hub.asked().clear();
        assertEquals(snapshot, fetch());
        assertEquals(1, hub.asked().size(), () -> hub.asked().toString());
    }

    @Test
    void aFileThatIsGoneIsFetchedAgainAndUntilThenTheModelIsRefused() throws IOException {
        Path snapshot = fetch();
        Files.delete(snapshot.resolve(WEIGHTS).toRealPath());
        RequestException e = assertThrows(RequestException.class, () -> Models.locate(NAME));
        assertEquals(
                "model: expected all of lab/edges to be here, found no " + WEIGHTS
                        + "; diffuse models get lab/edges, or Plugins ▸ Diffusion ▸ Models…, fetches the rest",
                e.getMessage());
        assertWhole(fetch());
    }

    @Test
    void withoutLinksTheFilesThemselvesStandThere() throws IOException {
        HubSettings plain = new HubSettings(hub.endpoint(), cache, Optional.empty(), false, false);
        ModelDownloader downloader = new ModelDownloader(plain, QUICK);
        Path snapshot = downloader.fetch(
                downloader.plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE), DownloadProgress.NONE);
        assertFalse(Files.isSymbolicLink(snapshot.resolve(WEIGHTS)));
        assertWhole(snapshot);
        assertEquals(List.of(), list(repository().resolve("blobs")));
        hub.asked().clear();
        assertEquals(
                List.of(),
                downloader
                        .plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE)
                        .missing());
    }

    @Test
    void withoutLinksFilesOfOneContentEachHaveIt() throws IOException {
        String twin = "README.md";
        hub.put(twin, hub.content("config.json"));
        HubSettings plain = new HubSettings(hub.endpoint(), cache, Optional.empty(), false, false);
        ModelDownloader downloader = new ModelDownloader(plain, QUICK);
        Path snapshot = downloader.fetch(
                downloader.plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE), DownloadProgress.NONE);
        assertWhole(snapshot);
        assertArrayEquals(hub.content("config.json"), Files.readAllBytes(snapshot.resolve(twin)));
        assertEquals(List.of(), list(repository().resolve("blobs")));
    }

    @Test
    void oneFileOfSeveralIsNotTakenForAllThatIsRemoved() throws IOException {
        hub.put("other.safetensors", new byte[] {1});
        Path snapshot = fetch();
        Files.copy(snapshot.resolve(WEIGHTS), snapshot.resolve("other.safetensors"));
        RequestException e = assertThrows(RequestException.class, () -> ModelRemoval.of(NAME + "/other.safetensors"));
        assertEquals(
                "model: expected lab/edges with all of its 2 files of weights to be removed, found one of them,"
                        + " other.safetensors",
                e.getMessage());
        String page = hub.endpoint() + "/lab/edges/tree/v9";
        assertThrows(RequestException.class, () -> ModelRemoval.of(page), "a revision that is not here");
        Files.delete(snapshot.resolve("other.safetensors"));
        ModelRemoval.of(NAME + "/" + WEIGHTS).run();
        assertFalse(Files.exists(repository()));
    }

    @Test
    void itIsListedWithItsFilesAndTheirHashes() {
        fetch();
        InstalledModel model = listed(NAME);
        assertEquals(ModelKind.CONTROLNET, model.kind());
        assertEquals(InstalledModel.Source.HUB, model.source());
        assertTrue(model.isWhole());
        assertTrue(model.bytes() >= SIZE && model.bytes() < SIZE + 1000, "bytes " + model.bytes());
        assertEquals(
                List.of(new ModelFile(WEIGHTS, SIZE, FaultyHub.hash(hub.content(WEIGHTS)))),
                ModelFile.of(model.path()));
    }

    @Test
    void removingDeletesAllOfItAndNothingElse() throws IOException {
        fetch();
        Path other = Files.createDirectories(cache.resolve("models--other--one").resolve("blobs"));
        ModelRemoval removal = ModelRemoval.of(NAME);
        assertTrue(removal.bytes() >= SIZE, "bytes " + removal.bytes());
        removal.run();
        assertFalse(Files.exists(repository()));
        assertFalse(Files.exists(cache.resolve(".locks").resolve("models--lab--edges")));
        assertTrue(Files.exists(other));
        assertThrows(RequestException.class, () -> Models.locate(NAME));
        assertThrows(RequestException.class, () -> ModelRemoval.of(NAME));
    }

    @Test
    void removingOneRevisionKeepsWhatAnotherHas() throws IOException {
        Path snapshot = fetch();
        String other = "f".repeat(40);
        Path older = Files.createDirectories(repository().resolve("snapshots").resolve(other));
        Files.createSymbolicLink(older.resolve("config.json"), Files.readSymbolicLink(snapshot.resolve("config.json")));
        Path old = Files.writeString(repository().resolve("blobs").resolve("0".repeat(40)), "old weights");
        Files.createSymbolicLink(
                older.resolve(WEIGHTS),
                Path.of("..", "..", "blobs", old.getFileName().toString()));
        Files.writeString(repository().resolve("refs").resolve("v1"), other);
        ModelRemoval removal = ModelRemoval.of(NAME + "@v1");
        assertEquals("old weights".length(), removal.bytes());
        removal.run();
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(older));
        assertFalse(Files.exists(repository().resolve("refs").resolve("v1")));
        assertWhole(snapshot);
    }

    @Test
    void aLinkOutOfTheCacheIsDeletedButNotWhatItLeadsTo() throws IOException {
        Path snapshot = fetch();
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
        Files.createSymbolicLink(snapshot.resolve("mine.txt"), mine);
        ModelRemoval.of(NAME).run();
        assertEquals("mine", Files.readString(mine));
    }

    @Test
    void aWholeModelThatPythonDidNotGetToTheEndOfIsRefused() throws IOException {
        Path snapshot =
                Files.createDirectories(repository().resolve("snapshots").resolve(FaultyHub.COMMIT));
        Files.createDirectories(repository().resolve("refs"));
        Files.writeString(repository().resolve("refs").resolve("main"), FaultyHub.COMMIT);
        Files.createDirectories(snapshot.resolve("unet"));
        Files.writeString(snapshot.resolve("unet").resolve(WEIGHTS), "weights");
        assertMissing("model_index.json");
        Files.writeString(
                snapshot.resolve("model_index.json"),
                "{\"unet\": [\"diffusers\", \"UNet2DConditionModel\"], \"vae\": [\"diffusers\", \"AutoencoderKL\"],"
                        + " \"text_encoder\": [null, null]}");
        assertMissing("unet, vae");
        Files.writeString(snapshot.resolve("unet").resolve("config.json"), "{}");
        Files.createDirectories(snapshot.resolve("vae"));
        Files.writeString(snapshot.resolve("vae").resolve("config.json"), "{}");
        Files.writeString(
                snapshot.resolve("vae").resolve("m.safetensors.index.json"),
                "{\"weight_map\": {\"a\": \"m-00001-of-00002.safetensors\", \"b\": \"m-00002-of-00002.safetensors\"}}");
        Files.writeString(snapshot.resolve("vae").resolve("m-00001-of-00002.safetensors"), "weights");
        assertMissing("vae/m-00002-of-00002.safetensors");
        Files.writeString(snapshot.resolve("vae").resolve("m-00002-of-00002.safetensors"), "weights");
        assertEquals(snapshot, Models.locate(NAME));
    }

    private static void assertMissing(String parts) {
        RequestException e = assertThrows(RequestException.class, () -> Models.locate(NAME));
        assertTrue(e.getMessage().contains("found no " + parts + "; diffuse models get lab/edges"), e.getMessage());
    }

    @Test
    void withoutANetworkTheHubIsNotAsked() {
        RequestException e = assertThrows(RequestException.class, () -> new ModelDownloader(
                        new HubSettings(hub.endpoint(), cache, Optional.empty(), true, true), QUICK)
                .plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE));
        assertTrue(e.getMessage().contains("HF_HUB_OFFLINE"), e.getMessage());
        assertEquals(0, hub.asked().size());
    }

    @Test
    void progressGoesUpToTheEndAndCountsFiles() {
        hub.always(WEIGHTS, Faults.drip(30_000, 60));
        List<DownloadState> states = new ArrayList<>();
        fetch(states::add);
        for (int i = 1; i < states.size(); i++) {
            assertTrue(states.get(i).bytes() >= states.get(i - 1).bytes(), states::toString);
        }
        DownloadState last = states.get(states.size() - 1);
        assertEquals(3, last.filesDone());
        assertEquals(last.totalBytes(), last.bytes());
        assertEquals(1, last.share());
        assertTrue(states.stream()
                .anyMatch(state ->
                        state.bytesPerSecond() > 100_000 && state.secondsLeft().isPresent()));
    }

    @Test
    void oneFileCanBeNamedAndIsFoundByItsName() throws IOException {
        ModelDownloader downloader = downloader();
        String name = NAME + "/" + WEIGHTS;
        Path file = downloader.fetch(
                downloader.plan(name, DownloadOptions.USUAL, DownloadProgress.NONE), DownloadProgress.NONE);
        assertEquals(file, Models.locate(name));
        assertArrayEquals(hub.content(WEIGHTS), Files.readAllBytes(file));
        assertEquals(0, hub.count("config.json"));
    }

    @Test
    void theLicencesOwnTextIsShownWhereTheRepositoryHasIt() {
        assertEquals(
                new License("mit", hub.endpoint() + "/lab/edges", Optional.empty()),
                downloader()
                        .plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE)
                        .license());
        hub.put("LICENSE.md", "You \u001b[2Jmay.").says("license", "other").says("license_name", "lab-licence");
        assertEquals(
                new License(
                        "lab-licence", hub.endpoint() + "/lab/edges/blob/main/LICENSE.md", Optional.of("You [2Jmay.")),
                downloader()
                        .plan(NAME, DownloadOptions.USUAL, DownloadProgress.NONE)
                        .license());
    }

    private static InstalledModel listed(String name) {
        return InstalledModels.list().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
