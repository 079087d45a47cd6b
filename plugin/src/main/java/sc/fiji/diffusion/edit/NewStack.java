package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;

/** Works through a plan and puts what comes of it into a new RGB image or stack; the image itself is only looked at. */
public final class NewStack {

    private final ImagePlus image;
    private final EditPlan plan;
    private final ValueRange range;

    public NewStack(ImagePlus image, EditPlan plan, ValueRange range) {
        this.image = image;
        this.plan = plan;
        this.range = range;
    }

    /** A new image of the masks' size, one slice a picture, which is not shown yet. */
    public ImagePlus run(PictureModel model, Progress progress) {
        int total = plan.steps().size();
        Region region = plan.steps().get(0).mask().bounds().orElseThrow();
        ImageStack stack = new ImageStack(region.width(), region.height());
        String info = "";
        for (int done = 0; done < total; done++) {
            EditStep step = plan.steps().get(done);
            RgbImage seen = ModelView.of(image, step.stackIndex(), range).seen();
            Progress ofStep = new PartProgress(progress, done, total);
            ofStep.checkCancelled();
            PictureModel.Made made = model.make(seen, step.mask(), step.seedOffset(), ofStep);
            stack.addSlice(
                    "generated from " + step.name(),
                    new ColorProcessor(
                            region.width(),
                            region.height(),
                            made.image().crop(region).packed()));
            info += (info.isEmpty() ? "" : "\n") + "Generated from: " + step.name() + " of " + image.getTitle() + "\n"
                    + made.info();
        }
        return kept(stack, info);
    }

    private ImagePlus kept(ImageStack stack, String info) {
        ImagePlus made = new ImagePlus("Generated from " + image.getTitle(), stack);
        made.setCalibration(image.getCalibration());
        AlteredPixels altered = AlteredPixels.of(made);
        for (int index = 1; index <= stack.size(); index++) {
            altered.add(index, Mask.everything(stack.getWidth(), stack.getHeight()));
        }
        GeneratedInfo.keep(made, altered, "every slice", info);
        return made;
    }
}
