package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImagePlus;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.form.CommandIcon;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.history.History;
import sc.fiji.diffusion.history.HistoryWindow;
import sc.fiji.diffusion.macro.MacroThread;
import sc.fiji.diffusion.progress.LastingStatus;
import sc.fiji.diffusion.progress.QuitWatch;
import sc.fiji.diffusion.progress.StatusBarProgress;
import sc.fiji.diffusion.queue.JobQueue;
import sc.fiji.diffusion.queue.QueueWindow;
import sc.fiji.diffusion.stack.ImageState;

/**
 * One use of a command that makes images: it waits for its turn in the queue, tells the status bar, and is kept in the
 * history if a person started it, and it has a prompt.
 *
 * @param form the command's
 * @param values complete, with the seeds that were drawn
 * @param image that is worked on, if there is one; it must be by then what it is now
 */
record Generation(Form form, FieldValues values, Optional<ImagePlus> image) {

    private static final int LONGEST_PROMPT = 60;

    /**
     * What came of it.
     *
     * @param image new or changed
     * @param isNew whether it is not shown yet
     * @param status for the status bar, such as the seed
     */
    record Made(ImagePlus image, boolean isNew, String status) {

        static Made opened(ImagePlus image, String status) {
            return new Made(image, true, status);
        }

        static Made changed(ImagePlus image, String status) {
            return new Made(image, false, status);
        }
    }

    /** What is done in the turn; an image that is new is shown when it is done. */
    @FunctionalInterface
    interface Work {
        Made make(Progress progress);
    }

    /** Of a command that needs no image. */
    static Generation of(Form form, FieldValues values) {
        return new Generation(form, values, Optional.empty());
    }

    /**
     * Does the work when its turn comes. A macro's thread waits until it is done; a menu's does not, so that the command is
     * recorded when it is ordered, before what the person does next. Esc in a macro means this job at once; what a person
     * started it means when its turn has come.
     */
    void run(Work work) {
        Optional<ImageState> now = image.map(ImageState::of);
        JobQueue.Entry entry = JobQueue.shared().enter(title());
        boolean byPerson = isByPerson();
        if (byPerson && JobQueue.shared().size() > 1) {
            EventQueue.invokeLater(() -> QueueWindow.show(CommandIcon.images("queue")));
        }
        Work checked = progress -> {
            now.ifPresent(state -> state.require(image.orElseThrow()));
            return work.make(progress);
        };
        if (MacroThread.isOfMenu(form.command())) {
            CommandRun.start(form.title(), () -> run(entry, checked, byPerson));
        } else {
            run(entry, checked, byPerson);
        }
    }

    private void run(JobQueue.Entry entry, Work work, boolean byPerson) {
        Made made = MacroThread.isMacro() ? inMacro(entry, work) : inTurn(entry, work);
        showLast(form.title() + ": " + made.status());
        if (byPerson && values.has(SamplingFields.PROMPT)) {
            remember(made.image());
        }
    }

    /** A macro's own status lines come after, and must not be disturbed. */
    private static void showLast(String status) {
        if (MacroThread.isMacro()) {
            IJ.showStatus(status);
        } else {
            LastingStatus.show(status);
        }
    }

    private static Made inMacro(JobQueue.Entry entry, Work work) {
        try (StatusBarProgress bar = new StatusBarProgress()) {
            return entry.run(bar, () -> shown(work.make(entry.told(bar)), bar));
        }
    }

    /** The status bar is told from the turn on: Esc before was meant for another job. */
    private static Made inTurn(JobQueue.Entry entry, Work work) {
        return entry.run(new UntilQuit(), () -> {
            try (StatusBarProgress bar = new StatusBarProgress()) {
                return shown(work.make(entry.told(bar)), bar);
            }
        });
    }

    private static Made shown(Made made, StatusBarProgress bar) {
        if (made.isNew()) {
            bar.show(made.image());
        }
        return made;
    }

    /** The inpaint brush is a macro too. */
    private static boolean isByPerson() {
        return !GraphicsEnvironment.isHeadless() && (!MacroThread.isMacro() || MacroThread.isTool());
    }

    private void remember(ImagePlus made) {
        try {
            History.shared().add(form.command(), values.texts(), made);
            EventQueue.invokeLater(HistoryWindow::update);
        } catch (IOException e) {
            // The image is there, and more than its entry.
            IJ.log("Diffusion: history: expected a folder to write to, found " + e
                    + "; to do without, untick Keep a history in Plugins > Diffusion > History");
        }
    }

    private String title() {
        String prompt = values.has(SamplingFields.PROMPT)
                ? values.text(SamplingFields.PROMPT).replaceAll("\\s+", " ").strip()
                : "";
        String shortened = prompt.length() <= LONGEST_PROMPT ? prompt : prompt.substring(0, LONGEST_PROMPT) + "…";
        return form.title()
                + image.map(of -> " (" + of.getTitle() + ")").orElse("")
                + (shortened.isEmpty() ? "" : ": " + shortened);
    }

    /** What waits ends with ImageJ. */
    private static final class UntilQuit implements Progress {

        private final QuitWatch imageJ = new QuitWatch();

        @Override
        public void report(Stage stage, int done, int total) {
            // Nothing is done while it waits.
        }

        @Override
        public boolean isCancelled() {
            return imageJ.hasQuit();
        }
    }
}
