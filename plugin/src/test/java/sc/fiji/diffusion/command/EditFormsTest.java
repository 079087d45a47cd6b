package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditFormsTest {

    @Test
    void theKeysOfInpaintSelectionNeverChange() {
        assertEquals("Inpaint Selection...", InpaintForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "strength",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seed",
                        "mask",
                        "crop",
                        "fill",
                        "grow",
                        "feather",
                        "range",
                        "min",
                        "max",
                        "vary",
                        "slices",
                        "channels",
                        "frames",
                        "maskimage",
                        "negative",
                        "prompt"),
                InpaintForm.FORM.keys());
        assertEquals(
                List.of("selection", "manager", "each", "image"),
                InpaintForm.MASK_FIELD.options().stream().map(o -> o.name()).toList());
        assertEquals(
                List.of("auto", "original", "blur", "surroundings", "neutral"),
                InpaintForm.FILL_FIELD.options().stream().map(o -> o.name()).toList());
    }

    @Test
    void theKeysOfImageToImageNeverChange() {
        assertEquals("Image to Image...", ImageToImageForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "strength",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seed",
                        "output",
                        "range",
                        "min",
                        "max",
                        "vary",
                        "slices",
                        "channels",
                        "frames",
                        "imageguidance",
                        "controlnet",
                        "hint",
                        "edgelow",
                        "edgehigh",
                        "controlscale",
                        "controlstart",
                        "controlend",
                        "controlimage",
                        "negative",
                        "prompt"),
                ImageToImageForm.FORM.keys());
        assertEquals(
                List.of("new", "replace", "append"),
                ImageToImageForm.OUTPUT_FIELD.options().stream()
                        .map(o -> o.name())
                        .toList());
    }

    @Test
    void theKeysOfExpandCanvasNeverChange() {
        assertEquals("Expand Canvas...", ExpandCanvasForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seed",
                        "left",
                        "right",
                        "top",
                        "bottom",
                        "range",
                        "min",
                        "max",
                        "vary",
                        "negative",
                        "prompt"),
                ExpandCanvasForm.FORM.keys());
    }

    @Test
    void theKeysOfUpscaleNeverChange() {
        assertEquals("Upscale...", UpscaleForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "strength",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seed",
                        "scale",
                        "width",
                        "height",
                        "overlap",
                        "range",
                        "min",
                        "max",
                        "vary",
                        "slices",
                        "channels",
                        "frames",
                        "negative",
                        "prompt"),
                UpscaleForm.FORM.keys());
    }

    @Test
    void theWaysToMakeAControlImageNeverChange() {
        assertEquals(
                List.of("asis", "edges", "depth", "inverteddepth", "scribble", "labels", "rois", "outlines"),
                ControlFields.HINT_FIELD.options().stream().map(o -> o.name()).toList());
    }

    @Test
    void everyCommandHasItsHelp() {
        for (String page : List.of(
                "text-to-image.html",
                "image-to-image.html",
                "inpaint-selection.html",
                "expand-canvas.html",
                "upscale.html")) {
            String html = HelpPage.html(page);
            assertEquals(html.strip().length(), html.strip().indexOf("</html>") + 7, page);
        }
    }
}
