package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.form.Form;

class EditFormsTest {

    private static final Map<String, Form> FORMS = Map.of(
            "variations.html",
            VariationsForm.FORM,
            "interpolate.html",
            InterpolateForm.FORM,
            "text-to-image.html",
            TextToImageForm.FORM,
            "image-to-image.html",
            ImageToImageForm.FORM,
            "inpaint-selection.html",
            InpaintForm.FORM,
            "expand-canvas.html",
            ExpandCanvasForm.FORM,
            "upscale.html",
            UpscaleForm.FORM);

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
    void theKeysOfVariationsNeverChange() {
        assertEquals("Variations...", VariationsForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "width",
                        "height",
                        "strength",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seed",
                        "variationseed",
                        "count",
                        "negative",
                        "prompt"),
                VariationsForm.FORM.keys());
    }

    @Test
    void theKeysOfInterpolateNeverChange() {
        assertEquals("Interpolate...", InterpolateForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "width",
                        "height",
                        "frames",
                        "interval",
                        "closed",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seeds",
                        "negative",
                        "prompt"),
                InterpolateForm.FORM.keys());
    }

    @Test
    void theWaysToMakeAControlImageNeverChange() {
        assertEquals(
                List.of("asis", "edges", "depth", "inverteddepth", "scribble", "labels", "rois", "outlines"),
                ControlFields.HINT_FIELD.options().stream().map(o -> o.name()).toList());
    }

    @Test
    void everyCommandHasItsHelp() {
        FORMS.forEach((page, form) -> {
            String html = HelpPage.html(page);
            assertEquals(html.strip().length(), html.strip().indexOf("</html>") + 7, page);
            assertFalse(html.contains("<!--"), page);
        });
    }

    @Test
    void theHelpOfACommandNamesEachOfItsKeys() {
        FORMS.forEach((page, form) -> {
            String html = HelpPage.html(page);
            form.keys().forEach(key -> assertTrue(html.contains("<tt>" + key + "</tt>"), page + ": " + key));
        });
    }

    @Test
    void whatHelpPagesShareReachesThemAsItIs() {
        String brackets = "<tt>\\(</tt> <tt>\\)</tt> <tt>\\[</tt> <tt>\\]</tt>";
        FORMS.forEach((page, form) -> assertTrue(HelpPage.html(page).contains(brackets), page));
    }
}
