package sc.fiji.diffusion.command;

import ij.IJ;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.download.DownloadOptions;
import sc.fiji.diffusion.engine.hub.AddedModels;
import sc.fiji.diffusion.engine.hub.ModelRemoval;
import sc.fiji.diffusion.engine.inspect.ModelDescription;
import sc.fiji.diffusion.form.CommandIcon;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormInput;
import sc.fiji.diffusion.macro.MacroThread;
import sc.fiji.diffusion.models.ModelActions;
import sc.fiji.diffusion.models.ModelsWindow;
import sc.fiji.diffusion.models.StatusBarDownload;

/** Plugins ▸ Diffusion ▸ Models…: a window for people, one action at a time for macros. */
public final class ModelsPlugIn implements PlugIn {

    private static final String TITLE = ModelsForm.FORM.title();

    @Override
    public void run(String argument) {
        if (MacroThread.isMacro() || GraphicsEnvironment.isHeadless()) {
            CommandRun.run(TITLE, ModelsPlugIn::act);
            return;
        }
        // The window writes down what is done in it, not that it came up.
        if (IJ.recording()) {
            Recorder.setCommand(null);
        }
        ModelsWindow.showUp(CommandIcon.images(ModelsForm.FORM), HelpPage.html("models.html"));
    }

    private static void act() {
        FormInput.get(ModelsForm.FORM, new ModelsRules(), HelpPage.html("models.html"))
                .ifPresent(ModelsPlugIn::act);
    }

    private static void act(FieldValues values) {
        String model = values.text(ModelsForm.MODEL).strip();
        String action =
                ModelsForm.ACTION_FIELD.option(values.text(ModelsForm.ACTION)).name();
        switch (action) {
            case ModelsForm.GET -> get(model, values);
            case ModelsForm.ADD -> AddedModels.add(values.text(ModelsForm.NAME).strip(), Path.of(model));
            case ModelsForm.INFO -> IJ.log(ModelDescription.text(model));
            case ModelsForm.REMOVE -> ModelRemoval.of(model).run();
            case ModelsForm.LIST -> IJ.log(ModelActions.list());
            default -> throw new RequestException("action: expected one of the form's, found " + action);
        }
        IJ.showStatus(TITLE + ": " + action + (model.isEmpty() ? "" : " " + model));
    }

    private static void get(String model, FieldValues values) {
        Optional<String> precision =
                Optional.of(values.text(ModelsForm.PRECISION).strip()).filter(text -> !text.isEmpty());
        String file = values.text(ModelsForm.FILE).strip();
        DownloadOptions options = new DownloadOptions(precision, file.isEmpty() ? List.of() : List.of(file));
        try (StatusBarDownload progress = new StatusBarDownload()) {
            Path path = ModelActions.get(model, options, plan -> values.flag(ModelsForm.ACCEPT), progress);
            IJ.log(TITLE + ": " + model + " is in " + path);
        }
    }
}
