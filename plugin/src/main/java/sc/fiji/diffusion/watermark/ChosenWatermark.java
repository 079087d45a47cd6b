package sc.fiji.diffusion.watermark;

import ij.Prefs;

/** Whether the user wants what is generated to carry the invisible mark, in ImageJ's preferences: yes by default. */
public final class ChosenWatermark {

    public static final String ON = "on";
    public static final String OFF = "off";

    /** What the dialog remembers by itself. */
    private static final String PREFERENCE = "diffusion.watermark.watermark";

    private ChosenWatermark() {}

    /** Of jobs from now on. */
    public static boolean isOn() {
        return !Prefs.get(PREFERENCE, ON).equals(OFF);
    }

    /** Remembers a choice; ImageJ writes its preferences when it quits. */
    public static void set(boolean on) {
        Prefs.set(PREFERENCE, on ? ON : OFF);
    }
}
