package sc.fiji.diffusion.engine.upscale;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.LowPassMatch;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.image.TileLayout;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Source;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Makes pictures of any size, tile by tile (the idea of "SD upscale" and of Bar-Tal et al., MultiDiffusion, 2023, with
 * the tiles one after the other). Besides the picture before and after, and its noise, which is a fraction of them, it
 * needs the memory of one tile.
 */
public final class Upscaler {

    /**
     * Colours are held to the resampled picture in all that is coarser than this share of a tile: wide enough to leave
     * the model its details, narrow enough to show no tiles.
     */
    private static final double COARSE_SHARE = 0.5;

    /** A picture smaller than a tile is enlarged that much at most before it is stretched. */
    private static final double MOST_ENLARGED = 4;

    private final DiffusionPipeline pipeline;

    /** @param pipeline stays the caller's to close */
    public Upscaler(DiffusionPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Upscales; what {@link DiffusionPipeline#imageToImage} throws, this throws too. The result's latents are those of
     * the tiles, {@code [N · tiles, channels, h, w]}, row by row, image by image.
     */
    public GenerationResult upscale(UpscaleRequest request, Progress progress) {
        TextToImageRequest settings = request.settings();
        int tile = pipeline.checkpoint().nativeSize();
        Size work = workSize(settings.width(), settings.height(), tile);
        RgbImage source = Resampling.resized(request.image(), work.width(), work.height());
        Tiles tiles = new Tiles(request, source, layout(work, request.overlap()));
        List<GeneratedImage> images = new ArrayList<>();
        for (int image = 0; image < settings.batchSize(); image++) {
            RgbImage made = tiles.image(image, progress);
            images.add(new GeneratedImage(
                    Resampling.resized(made, settings.width(), settings.height()), settings.seed() + image));
        }
        Sampling sampling = tiles.provenance
                .sampling()
                .withWork(work)
                .withSize(new Size(settings.width(), settings.height()))
                .withSeeds(settings.seed(), settings.batchSize());
        Provenance provenance = tiles.provenance
                .withTask(new Task.Upscaling(request.strength(), tile, request.overlap()))
                .withSampling(sampling)
                .withSource(Source.of(request.image()));
        return new GenerationResult(images, Tensor.concatenated(0, tiles.latents), provenance);
    }

    private TileLayout layout(Size work, double overlap) {
        Checkpoint checkpoint = pipeline.checkpoint();
        return TileLayout.of(work, checkpoint.nativeSize(), checkpoint.vaeScaleFactor(), overlap);
    }

    /**
     * The size in which a picture is worked on. Models are poor at pictures smaller than their own, so that one with a
     * shorter side is enlarged, to 4 times its size at most, and stretched if that is not enough.
     */
    static Size workSize(int width, int height, int tile) {
        double enlarged = Math.max(1, Math.min(MOST_ENLARGED, (double) tile / Math.min(width, height)));
        return new Size(
                (int) Math.max(tile, Math.rint(enlarged * width)), (int) Math.max(tile, Math.rint(enlarged * height)));
    }

    /** One request's tiles, image after image. */
    private final class Tiles {

        private final UpscaleRequest request;
        private final RgbImage source;
        private final TileLayout layout;
        private final List<Region> regions;
        private final List<Tensor> latents = new ArrayList<>();
        /** Of the last tile that was made. */
        private Provenance provenance;

        Tiles(UpscaleRequest request, RgbImage source, TileLayout layout) {
            this.request = request;
            this.source = source;
            this.layout = layout;
            regions = layout.tiles();
        }

        RgbImage image(int image, Progress progress) {
            int count = regions.size();
            long seed = request.settings().seed() + image;
            NoiseField noise = new NoiseField(new TorchRandom(seed), inLatents(layout.canvas()));
            TileBlend blend = new TileBlend(new Size(source.width(), source.height()), layout);
            for (int index = 0; index < count; index++) {
                Progress ofTile = new PartProgress(
                        progress,
                        image * count + index,
                        count * request.settings().batchSize());
                ofTile.checkCancelled();
                blend.add(index, tile(regions.get(index), seed, noise, ofTile));
            }
            progress.report(
                    Progress.Stage.DECODING, image + 1, request.settings().batchSize());
            return blend.picture();
        }

        private RgbImage tile(Region region, long seed, NoiseField noise, Progress progress) {
            RgbImage seen = source.cropContinued(region);
            TextToImageRequest settings = request.settings()
                    .withSize(region.width(), region.height())
                    .withSeed(seed)
                    .withBatchSize(1);
            GenerationResult made = pipeline.imageToImage(
                    new ImageToImageRequest(settings, seen, request.strength()),
                    seedOfTile -> noise.of(inLatents(region)),
                    progress);
            latents.add(made.latents());
            provenance = made.provenance();
            return LowPassMatch.matched(made.images().get(0).image(), seen, COARSE_SHARE * region.width());
        }

        private Size inLatents(Size size) {
            int factor = pipeline.checkpoint().vaeScaleFactor();
            return new Size(size.width() / factor, size.height() / factor);
        }

        private Region inLatents(Region region) {
            int factor = pipeline.checkpoint().vaeScaleFactor();
            return new Region(
                    region.x() / factor, region.y() / factor, region.width() / factor, region.height() / factor);
        }
    }
}
