package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.engine.upscale.TileSeam;

/** What the VAE makes of a picture in tiles against what it makes of it as a whole. */
class TiledVaeTest {

    private static final int SIDE = 512;

    /** Tiles of 256 pixels, nine of them. */
    private static final long TILE_PIXELS = 256 * 256;

    private static final Checkpoint EMBEDDED = Checkpoint.open(Models.locate(Models.EMBEDDED));

    private static GenerationResult made;

    @BeforeAll
    static void makeAPicture() {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(EMBEDDED, Progress.NONE)) {
            made = pipeline.textToImage(
                    TextToImageRequest.of("many green nuclei on a dark background", SIDE, SIDE)
                            .withSteps(6)
                            .withGuidanceScale(2)
                            .withSeed(3),
                    Progress.NONE);
        }
    }

    @Test
    void aPictureInTilesIsNearlyThatOfTheWholeAndHasNoSeams() {
        RgbImage whole = made.images().get(0).image();
        VaeMemory memory = tiled(EMBEDDED);
        assertEquals(9, memory.tiles(new Size(SIDE, SIDE)).pixels().tiles().size());
        RgbImage tiled = decoded(EMBEDDED, memory, made.latents());
        double psnr = psnr(whole.samples(), tiled.samples());
        double seam = TileSeam.ratio(tiled, memory.tiles(new Size(SIDE, SIDE)).pixels());
        double own = TileSeam.ratio(whole, memory.tiles(new Size(SIDE, SIDE)).pixels());
        assertTrue(psnr > 45, "PSNR " + psnr + " dB");
        assertEquals(own, seam, 0.02, "gradient across tiles' edges");
    }

    @Test
    void theReferencesVaeToo() {
        Checkpoint sd15 = Checkpoint.open(Reference.folder().resolve("sd15"));
        LatentEncoder encoder = LatentEncoder.open(sd15, Execution.USUAL);
        Tensor latents = encoder.encode(waves(), Progress.NONE).mean();
        encoder.close();
        RgbImage whole = decoded(sd15, VaeMemory.of(sd15), latents);
        RgbImage tiled = decoded(sd15, tiled(sd15), latents);
        double psnr = psnr(whole.samples(), tiled.samples());
        assertTrue(psnr > 30, "PSNR " + psnr + " dB");
    }

    @Test
    void aPictureThatFitsIsTheSameToTheBit() {
        VaeMemory justEnough = VaeMemory.of(EMBEDDED, VaeMemory.of(EMBEDDED).bytesPerPixel() * SIDE * SIDE);
        assertArrayEquals(
                made.images().get(0).image().samples(),
                decoded(EMBEDDED, justEnough, made.latents()).samples());
    }

    @Test
    void latentsEncodedInTilesAreNearlyThoseOfTheWhole() {
        RgbImage picture = made.images().get(0).image();
        try (LatentEncoder whole = LatentEncoder.open(EMBEDDED, Execution.USUAL);
                LatentEncoder tiled = LatentEncoder.open(EMBEDDED, Execution.USUAL, tiled(EMBEDDED))) {
            Tensor expected = whole.encode(picture, Progress.NONE).mean();
            Tensor found = tiled.encode(picture, Progress.NONE).mean();
            double error = Reference.relativeError(found.values(), expected.values());
            assertTrue(error < 0.01, "relative error " + error);
        }
    }

    private static VaeMemory tiled(Checkpoint checkpoint) {
        return VaeMemory.of(checkpoint, VaeMemory.of(checkpoint).bytesPerPixel() * TILE_PIXELS);
    }

    private static RgbImage decoded(Checkpoint checkpoint, VaeMemory memory, Tensor latents) {
        try (LatentDecoder decoder = LatentDecoder.open(checkpoint, Execution.USUAL, memory)) {
            return decoder.decode(latents, Progress.NONE);
        }
    }

    private static double psnr(float[] expected, float[] found) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.pow((double) found[i] - expected[i], 2);
        }
        return -10 * Math.log10(sum / expected.length);
    }

    /** As much of everything in each tile: group norms, which alone make tiles differ, then see the same averages. */
    private static RgbImage waves() {
        float[] samples = new float[3 * SIDE * SIDE];
        for (int i = 0; i < samples.length; i++) {
            int x = i / 3 % SIDE;
            int y = i / 3 / SIDE;
            samples[i] = (float) (0.5 + 0.4 * Math.sin(x / (4.0 + i % 3)) * Math.cos(y / 5.0));
        }
        return new RgbImage(SIDE, SIDE, samples);
    }
}
