package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.scheduler.Schedulers;
import sc.fiji.diffusion.form.Field;

class TextToImageFormTest {

    @Test
    void theKeysOfMacrosNeverChange() {
        assertEquals("Text to Image...", TextToImageForm.FORM.command());
        assertEquals(
                List.of(
                        "model",
                        "width",
                        "height",
                        "steps",
                        "guidance",
                        "scheduler",
                        "seed",
                        "count",
                        "append",
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
                TextToImageForm.FORM.keys());
    }

    @Test
    void schedulersAreChosenByTheNameOnTheCommandLineOrByTheLabel() {
        Field.Choice choice = (Field.Choice)
                TextToImageForm.FORM.field(SamplingFields.SCHEDULER).orElseThrow();
        assertEquals("default", choice.options().get(0).name());
        assertEquals("DPM++ 2M Karras", choice.options().get(1).label());
        assertEquals(1 + Schedulers.names().size(), choice.options().size());
        for (String name : Schedulers.names()) {
            assertEquals(name, choice.option(name).name());
            assertEquals(name, choice.option(Schedulers.label(name)).name());
        }
    }
}
