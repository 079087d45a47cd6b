package sc.fiji.diffusion.macro;

/** Who runs a command: ImageJ marks the threads of macros by their names. */
public final class MacroThread {

    private MacroThread() {}

    /** True on a thread that runs a macro or script; commands of menus have others. */
    public static boolean isMacro() {
        return name().startsWith("Run$_");
    }

    /** True on a thread that runs a macro tool of the toolbar: there a person does things one by one. */
    public static boolean isTool() {
        return isMacro() && name().contains(" Tool") && name().endsWith("_Macro$");
    }

    /**
     * True on the thread that a menu started for a command. ImageJ records the command when it returns: so what takes long
     * is better done on another thread.
     *
     * @param command with its dots
     */
    public static boolean isOfMenu(String command) {
        return name().equals(command);
    }

    private static String name() {
        return Thread.currentThread().getName();
    }
}
