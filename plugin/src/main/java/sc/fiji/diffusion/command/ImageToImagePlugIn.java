package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.plugin.PlugIn;
import java.awt.Rectangle;
import java.util.Optional;
import sc.fiji.diffusion.edit.EditPlan;
import sc.fiji.diffusion.edit.ImageEditor;
import sc.fiji.diffusion.edit.NewStack;
import sc.fiji.diffusion.edit.SliceAppender;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.progress.StatusBarProgress;

/** Plugins ▸ Diffusion ▸ Image to Image…: makes the active image, or a rectangle in it, anew. */
public final class ImageToImagePlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.run(ImageToImageForm.FORM.title(), ImageToImagePlugIn::imageToImage);
    }

    private static void imageToImage() {
        ImagePlus image = WindowManager.getCurrentImage();
        if (image == null || image.getProcessor() == null) {
            throw new RequestException("image: expected an open image, found none");
        }
        Region region = region(image);
        EditRules rules = new EditRules(ImageToImageForm.DEFAULTS, values -> {
            ImageToImageModel.of(values, image, region);
            plan(values, image, region);
            StackFields.range(values);
        });
        Optional<FieldValues> values =
                FormInput.get(ImageToImageForm.FORM, rules, HelpPage.html("image-to-image.html"));
        values.ifPresent(given -> make(given, image, region));
    }

    private static void make(FieldValues values, ImagePlus image, Region region) {
        ImageToImageModel model = ImageToImageModel.of(values, image, region);
        EditPlan plan = plan(values, image, region);
        ValueRange range = StackFields.range(values);
        String output = ImageToImageForm.OUTPUT_FIELD
                .option(values.text(ImageToImageForm.OUTPUT))
                .name();
        ImagePlus made = null;
        try (StatusBarProgress progress = new StatusBarProgress()) {
            made = made(output, image, plan, range, model, progress);
        }
        if (made != null) {
            made.show();
        }
        IJ.showStatus(ImageToImageForm.FORM.title() + ": seed " + model.seed());
    }

    /** A new image; or null if the active one was changed. */
    private static ImagePlus made(
            String output,
            ImagePlus image,
            EditPlan plan,
            ValueRange range,
            ImageToImageModel model,
            Progress progress) {
        switch (output) {
            case ImageToImageForm.REPLACE -> new ImageEditor(image, plan, range).run(model, progress);
            case ImageToImageForm.APPEND -> new SliceAppender(image, plan, range).run(model, progress);
            default -> {
                return new NewStack(image, plan, range).run(model, progress);
            }
        }
        return null;
    }

    private static EditPlan plan(FieldValues values, ImagePlus image, Region region) {
        return EditPlan.whole(
                image,
                Mask.of(region, image.getWidth(), image.getHeight()),
                StackFields.part(values, image),
                values.flag(StackFields.VARY));
    }

    /** The rectangle that is selected, or the whole image. */
    private static Region region(ImagePlus image) {
        Roi roi = image.getRoi();
        if (roi == null) {
            return new Region(0, 0, image.getWidth(), image.getHeight());
        }
        if (roi.getType() != Roi.RECTANGLE || roi.getCornerDiameter() > 0) {
            throw new RequestException(
                    "selection: expected a rectangle, or none for the whole image, found " + roi.getTypeAsString());
        }
        Rectangle bounds = roi.getBounds().intersection(new Rectangle(image.getWidth(), image.getHeight()));
        if (bounds.isEmpty()) {
            throw new RequestException("selection: expected it inside the image, found it outside");
        }
        return new Region(bounds.x, bounds.y, bounds.width, bounds.height);
    }
}
