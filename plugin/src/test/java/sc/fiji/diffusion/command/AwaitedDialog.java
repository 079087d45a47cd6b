package sc.fiji.diffusion.command;

import java.awt.Dialog;
import java.util.Arrays;

/**
 * A dialog that can be answered. AWT shows a modal dialog a moment before the thread that opened it begins to wait for
 * its end, and where the end comes first, that thread waits for ever.
 */
public final class AwaitedDialog {

    private AwaitedDialog() {}

    public static boolean is(Dialog dialog) {
        return dialog.isShowing() && (!dialog.isModal() || isAnyAwaited());
    }

    private static boolean isAnyAwaited() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(AwaitedDialog::entersLoop))
                .anyMatch(entry ->
                        isEventThread(entry.getValue()) || entry.getKey().getState() == Thread.State.WAITING);
    }

    private static boolean entersLoop(StackTraceElement call) {
        return call.getClassName().equals("java.awt.WaitDispatchSupport")
                && call.getMethodName().equals("enter");
    }

    private static boolean isEventThread(StackTraceElement[] calls) {
        return Arrays.stream(calls).anyMatch(call -> call.getClassName().equals("java.awt.EventDispatchThread"));
    }
}
