package sc.fiji.diffusion.command;

import ij.IJ;
import ij.Prefs;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.awt.BorderLayout;
import java.awt.Font;
import java.awt.Panel;
import java.awt.TextArea;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.replay.ModelSearch;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.form.FormMemory;
import sc.fiji.diffusion.replay.ModelFinder;
import sc.fiji.diffusion.replay.OpenSource;
import sc.fiji.diffusion.replay.Replay;
import sc.fiji.diffusion.replay.ReplayPlan;

/** Plugins ▸ Diffusion ▸ Replay…: makes what the active image shows again, and says whether it is the same. */
public final class ReplayPlugIn implements PlugIn {

    private static final String TITLE = ReplayForm.FORM.title();
    private static final int ROWS = 12;
    private static final int COLUMNS = 62;

    /** Dialogs in which a person may have named a model. */
    private static final List<Form> FORMS_WITH_MODELS = List.of(
            ReplayForm.FORM,
            TextToImageForm.FORM,
            ImageToImageForm.FORM,
            InpaintForm.FORM,
            ExpandCanvasForm.FORM,
            UpscaleForm.FORM,
            VariationsForm.FORM,
            InterpolateForm.FORM);

    /** Where the toolset keeps the model of the Inpaint Brush. */
    private static final String MODEL_OF_BRUSH = "diffusion.inpaint-brush.model";

    @Override
    public void run(String argument) {
        CommandRun.generate(TITLE, ReplayPlugIn::replay);
    }

    private static void replay() {
        ReplayPlan plan = ReplayPlan.of(WindowManager.getCurrentImage());
        Optional<FieldValues> values = FormInput.get(
                ReplayForm.FORM, new ReplayRules(), HelpPage.html("replay.html"), () -> panel(plan.text()));
        values.ifPresent(
                given -> new Generation(ReplayForm.FORM, given, plan.source().map(OpenSource::image))
                        .run(progress -> make(given, plan, progress)));
    }

    private static Panel panel(String text) {
        Panel panel = new Panel(new BorderLayout());
        TextArea area = new TextArea(text, ROWS, COLUMNS, TextArea.SCROLLBARS_VERTICAL_ONLY);
        area.setEditable(false);
        area.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        panel.add(area, BorderLayout.CENTER);
        return panel;
    }

    private static Generation.Made make(FieldValues values, ReplayPlan plan, Progress progress) {
        String named = values.text(ReplayForm.MODEL).strip();
        Replay replay = Replay.run(plan, finder(named, progress), progress);
        if (!replay.isSame()) {
            IJ.log(TITLE + ": " + replay.image().getTitle() + ": " + replay.verdict());
        }
        return Generation.Made.opened(replay.image(), replay.verdict());
    }

    private static ModelFinder finder(String named, Progress progress) {
        return new ModelFinder() {
            @Override
            public String model(Model wanted) {
                return named.equals(ReplayForm.SAME_WEIGHTS) ? ModelSearch.find(wanted, usedModels(), progress) : named;
            }

            @Override
            public String controlNet(ControlNetUse wanted) {
                return ModelSearch.find(wanted, used(ControlFields.CONTROLNET), progress);
            }
        };
    }

    private static List<String> usedModels() {
        return Stream.concat(used(SamplingFields.MODEL).stream(), Stream.ofNullable(Prefs.get(MODEL_OF_BRUSH, null)))
                .distinct()
                .toList();
    }

    /** The models, or ControlNets, that dialogs remember. */
    private static List<String> used(String key) {
        return FORMS_WITH_MODELS.stream()
                .map(FormMemory::load)
                .filter(values -> values.has(key))
                .map(values -> values.text(key))
                .filter(model -> !model.isBlank() && !model.equals(ReplayForm.SAME_WEIGHTS))
                .distinct()
                .toList();
    }
}
