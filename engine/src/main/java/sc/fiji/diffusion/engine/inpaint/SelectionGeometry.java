package sc.fiji.diffusion.engine.inpaint;

import sc.fiji.diffusion.engine.image.InpaintGeometry;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskShape;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;

/**
 * Where a selection is worked on, and with which masks.
 *
 * @param region the part of the picture that the model sees
 * @param work the size in which it sees it
 * @param denoisingMask in that size: what may change while denoising; reaches beyond the selection
 * @param blendMask in the picture's size: how the result is laid over; 0 outside the selection
 */
record SelectionGeometry(Region region, Size work, Mask denoisingMask, Mask blendMask) {

    /** The soft edge inside the selection, as a share of the selection's mean side. */
    private static final double BLEND_SHARE = 0.2;

    /** The share of the selection that the soft edge has to leave. */
    private static final double LEAST_LEFT = 0.6;

    /** Below it {@link MaskShape#feathered} changes nothing. */
    private static final double SHORTEST_RAMP = 2;

    static SelectionGeometry of(SelectionRequest request, int nativeSize, int factor) {
        InpaintRecipe recipe = request.recipe();
        Mask selection = request.mask();
        InpaintGeometry suited = InpaintGeometry.of(selection, request.strength(), nativeSize);
        // krita widens the mask, as it lays the result over what lies outside too. Here that stays, so that what is
        // made
        // has to meet it at the selection's edge: it is held to the original from there on outwards.
        double grow = recipe.grow().orElse(0);
        double feather = recipe.feather().isPresent() ? recipe.feather().getAsInt() : suited.feather();
        InpaintGeometry geometry = suited.withMask(grow, feather);
        Region region = region(recipe.crop(), geometry, request.image());
        Size work = recipe.crop() instanceof Crop.Off
                ? multiples(region, factor)
                : InpaintGeometry.workSize(region, nativeSize, factor);
        Mask seen = geometry.denoisingMask(selection).crop(region);
        return new SelectionGeometry(
                region,
                work,
                Resampling.resized(seen, work.width(), work.height()),
                recipe.isPlain()
                        ? Mask.everything(selection.width(), selection.height())
                        : blendMask(selection, geometry));
    }

    /** The part of the picture that the model sees, in the size in which it works. */
    RgbImage toWork(RgbImage image) {
        return Resampling.resized(image.crop(region), work.width(), work.height());
    }

    private static Region region(Crop crop, InpaintGeometry geometry, RgbImage image) {
        if (crop instanceof Crop.Auto) {
            return geometry.contextRegion();
        }
        if (crop instanceof Crop.Padding padding) {
            int reach = (int) Math.ceil(geometry.grow() + geometry.feather() / 2) + padding.pixels();
            return geometry.selection().grown(reach).within(image.width(), image.height());
        }
        return new Region(0, 0, image.width(), image.height());
    }

    private static Size multiples(Region region, int factor) {
        return new Size(
                (region.width() + factor - 1) / factor * factor, (region.height() + factor - 1) / factor * factor);
    }

    /**
     * The ramp from 0 to 1 lies wholly inside the selection. It is made shorter where the selection is so thin that
     * little would be left of it.
     */
    private static Mask blendMask(Mask selection, InpaintGeometry geometry) {
        double meanSide = (geometry.selection().width() + geometry.selection().height()) / 2.0;
        double width = Math.min(BLEND_SHARE * meanSide, geometry.blend());
        Mask blend = softenedInside(selection, width);
        while (blend.sum() < LEAST_LEFT * selection.sum() && width >= SHORTEST_RAMP) {
            width /= 2;
            blend = softenedInside(selection, width);
        }
        return blend;
    }

    /** What is kept is widened into the selection and softened. */
    private static Mask softenedInside(Mask selection, double width) {
        Mask kept = MaskShape.feathered(MaskShape.grown(selection.inverted(), width / 2), width);
        float[] values = new float[kept.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(selection.values()[i], 1 - kept.values()[i]);
        }
        return new Mask(selection.width(), selection.height(), values);
    }
}
