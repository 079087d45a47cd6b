package sc.fiji.diffusion.command;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.util.Optional;
import sc.fiji.diffusion.canvas.CanvasBorder;
import sc.fiji.diffusion.edit.CanvasExpander;
import sc.fiji.diffusion.edit.InpaintModel;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.stack.OpenImage;

/** Plugins ▸ Diffusion ▸ Expand Canvas…: a larger copy of the active image, what is new in it generated. */
public final class ExpandCanvasPlugIn implements PlugIn {

    @Override
    public void run(String argument) {
        CommandRun.generate(ExpandCanvasForm.FORM.title(), ExpandCanvasPlugIn::expand);
    }

    private static void expand() {
        ImagePlus image = OpenImage.require(WindowManager.getCurrentImage());
        EditRules rules = new EditRules(ExpandCanvasForm.DEFAULTS, ExpandCanvasForm.EXAMPLES, values -> {
            model(values, image);
            StackFields.range(values);
        });
        Optional<FieldValues> values = FormInput.get(ExpandCanvasForm.FORM, rules, HelpPage.html("expand-canvas.html"));
        values.map(given -> SamplingFields.drawn(given, SamplingFields.SEED)).ifPresent(drawn -> {
            InpaintModel model = model(drawn, image);
            CanvasExpander expander = new CanvasExpander(
                    image, ExpandCanvasForm.border(drawn), StackFields.range(drawn), drawn.flag(StackFields.VARY));
            new Generation(ExpandCanvasForm.FORM, drawn, Optional.of(image))
                    .run(progress -> Generation.Made.opened(
                            expander.run(model, progress),
                            "seed " + model.settings().seed()));
        });
    }

    /** Inpaints what was not there before, so at full strength; a random seed is drawn now. */
    private static InpaintModel model(FieldValues values, ImagePlus image) {
        CanvasBorder border = ExpandCanvasForm.border(values);
        Size size = border.size(image.getWidth(), image.getHeight());
        return new InpaintModel(
                values.text(SamplingFields.MODEL).strip(),
                SamplingFields.request(values, size.width(), size.height(), 1),
                1,
                InpaintRecipe.automatic());
    }
}
