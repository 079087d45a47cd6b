package sc.fiji.diffusion.engine.worker;

import java.util.Locale;

/** What a worker can be asked: in place of the scripts that Appose's own workers run. */
enum Operation {
    /** Attaches the {@code window} and loads the native library; tells the process's {@code pid}. */
    PREPARE,
    /** Takes a piece of a parcel out of the window: {@code part}, {@code position}, {@code partLength}, {@code bytes}. */
    PUT,
    /**
     * Does the job in the parcel. Another parcel is then ready to be taken: the result, or why there is none.
     * With {@code preview}, updates tell where in the window one lies ({@link PreviewSlots}).
     */
    RUN,
    /** Puts a piece of the ready parcel into the window: {@code part}, {@code position}; tells the rest. */
    TAKE;

    /** Of {@link #RUN}: 1 if previews are wanted. */
    static final String PREVIEW = "preview";

    static final String WINDOW = "window";
    static final String PID = "pid";
    static final String PART = "part";
    static final String POSITION = "position";
    static final String PART_LENGTH = "partLength";
    static final String BYTES = "bytes";
    static final String PARTS = "parts";

    String script() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Operation of(String script) {
        return valueOf(script.toUpperCase(Locale.ROOT));
    }
}
