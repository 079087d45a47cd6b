package sc.fiji.diffusion.engine.scheduler;

/**
 * Of which order the steps of a multistep solver are: it begins with the first, and a short run ends with lower ones.
 *
 * @param highest 1 to 3
 * @param steps of the run
 * @param lowerOrderFinal whether the last two steps of a short run are at most of second and first order
 * @param firstOrderFinal whether the last step of every run is of first order
 */
record MultistepOrder(int highest, int steps, boolean lowerOrderFinal, boolean firstOrderFinal) {

    /** Runs shorter than this are short. */
    private static final int SHORT_RUN = 15;

    /** @param taken how many steps were taken, the one under way included */
    int at(int index, int taken) {
        int order = Math.min(highest, taken);
        boolean lowered = lowerOrderFinal && steps < SHORT_RUN;
        if (index == steps - 1 && (lowered || firstOrderFinal)) {
            return 1;
        }
        return index == steps - 2 && lowered ? Math.min(order, 2) : order;
    }
}
