package sc.fiji.diffusion.engine.job;

import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.engine.watermark.Watermark;

/**
 * Where pictures are marked: behind the pipelines, whose pixels stay what the model makes, and before anybody sees them.
 * A marked picture's provenance says so.
 */
public final class WatermarkedResult {

    private WatermarkedResult() {}

    /** The result with marked pictures, if the settings want that. */
    public static GenerationResult of(GenerationResult result, TextToImageRequest settings) {
        return settings.watermark() ? marked(result) : result;
    }

    /**
     * The same of a selection: what is laid back into the original carries the mark, and nothing else of it. Too small a
     * selection carries none.
     */
    public static InpaintedSelection of(InpaintedSelection inpainted, TextToImageRequest settings) {
        return settings.watermark() && Watermark.fits(inpainted.blend())
                ? new InpaintedSelection(marked(inpainted.result()), inpainted.blend())
                : inpainted;
    }

    /** What was made again carries the mark if it did before: wholly, but for what was laid into a picture. */
    public static InpaintedSelection of(InpaintedSelection replayed, ReplayRequest request) {
        return request.made().task().keepsSurroundings()
                ? of(replayed, request.settings())
                : new InpaintedSelection(of(replayed.result(), request.settings()), replayed.blend());
    }

    private static GenerationResult marked(GenerationResult result) {
        return result.withImages(Watermark::laid).with(provenance -> provenance.withWatermark(Watermark.VERSION));
    }
}
