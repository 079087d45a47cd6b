package sc.fiji.diffusion.edit;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ColorProcessor;
import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.PartProgress;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.provenance.ImageProvenance;
import sc.fiji.diffusion.provenance.SliceHash;

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
        ImageProvenance earlier = ImageProvenance.of(image);
        Region region = plan.steps().get(0).mask().bounds().orElseThrow();
        ImageStack stack = new ImageStack(region.width(), region.height());
        List<History> histories = new ArrayList<>();
        String info = "";
        for (int done = 0; done < total; done++) {
            EditStep step = plan.steps().get(done);
            ModelView view = step.view(image, range);
            Mask mask = step.mask();
            Progress ofStep = new PartProgress(progress, done, total);
            ofStep.checkCancelled();
            PictureModel.Made made = model.make(view.seen(), mask, step, ofStep);
            ColorProcessor slice = new ColorProcessor(
                    region.width(), region.height(), made.image().crop(region).packed());
            stack.addSlice("generated from " + step.name(), slice);
            Provenance of = provenance(made, step, view, mask, slice);
            histories.add(EditedSlices.histories(earlier, of.image().orElseThrow())
                    .get(0)
                    .and(of));
            info += (info.isEmpty() ? "" : "\n") + "Generated from: " + step.name() + " of " + image.getTitle() + "\n"
                    + of.text();
        }
        return kept(stack, region, histories, info);
    }

    /** As ImageJ's Duplicate: what has an origin keeps its coordinates. */
    private Calibration calibration(Region region) {
        Calibration calibration = image.getCalibration().copy();
        if (calibration.xOrigin != 0 || calibration.yOrigin != 0) {
            calibration.xOrigin -= region.x();
            calibration.yOrigin -= region.y();
        }
        return calibration;
    }

    private Provenance provenance(
            PictureModel.Made made, EditStep step, ModelView view, Mask mask, ColorProcessor slice) {
        return made.provenance()
                .withImage(EditedSlices.before(
                        EditOutput.NEW.key(), image, step.stackIndexes(), view, EditedSlices.region(mask)))
                .withResult(List.of(SliceHash.of(slice)));
    }

    private ImagePlus kept(ImageStack stack, Region region, List<History> histories, String info) {
        ImagePlus made = new ImagePlus("Generated from " + image.getTitle(), stack);
        made.setCalibration(calibration(region));
        AlteredPixels altered = AlteredPixels.of(made);
        for (int index = 1; index <= stack.size(); index++) {
            altered.add(index, Mask.everything(stack.getWidth(), stack.getHeight()));
        }
        ImageProvenance provenance = ImageProvenance.none(made);
        for (int index = 1; index <= stack.size(); index++) {
            History history = histories.get(index - 1);
            provenance.put(index, history.last().resultSha256().get(0), history);
        }
        GeneratedInfo.keep(made, altered, provenance, "every slice", info);
        return made;
    }
}
