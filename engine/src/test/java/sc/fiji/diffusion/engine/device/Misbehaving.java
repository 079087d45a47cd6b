package sc.fiji.diffusion.engine.device;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Programs that behave as bad drivers do, in place of {@link Probe}. */
final class Misbehaving {

    private Misbehaving() {}

    /** Is killed by the system, as after a fault in native code. */
    static final class Crashing {

        private Crashing() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            System.out.println("about to fail");
            new ProcessBuilder(
                            "kill",
                            "-KILL",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
            TimeUnit.MINUTES.sleep(2);
        }
    }

    /** Never answers. */
    static final class Hanging {

        private Hanging() {}

        public static void main(String[] arguments) throws InterruptedException {
            TimeUnit.MINUTES.sleep(2);
        }
    }

    /** Prints much, and an answer that is none. */
    static final class Babbling {

        private Babbling() {}

        public static void main(String[] arguments) {
            for (int line = 0; line < 10_000; line++) {
                System.out.println("warning " + line);
            }
            System.out.println(Probe.MARK + "{\"" + arguments[0] + "\": {}}");
        }
    }

    /** Answers between a driver's lines. */
    static final class Noisy {

        private Noisy() {}

        public static void main(String[] arguments) {
            System.err.println("driver 1.2 loaded");
            System.out.println(Probe.MARK + "{\"gigaflops\": 12.5}");
            System.out.println("driver unloaded");
        }
    }
}
