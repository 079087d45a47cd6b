package sc.fiji.diffusion.engine.runtime;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The memory outside Java's heap. While ONNX Runtime opens a network it holds its weights once more, part by part, as
 * they lie in the file; the C library keeps what was freed of that, a quarter of a gigabyte for the UNet of Stable
 * Diffusion 1.5, and gives it back when it is told to.
 */
public final class NativeHeap {

    /** Weights in bytes, from which on it pays: asking costs a tenth of a second the first time. */
    private static final long LARGE = 1L << 28;

    private NativeHeap() {}

    /**
     * Gives freed memory back to the system, where Java has the diagnostic command for it (on Linux, from 17.0.9 on);
     * elsewhere it does nothing.
     *
     * @param bytes of the weights that were opened or freed; for few, it does nothing
     */
    public static void trimAfter(long bytes) {
        if (bytes < LARGE) {
            return;
        }
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "systemTrimNativeHeap",
                    new Object[] {null},
                    new String[] {String[].class.getName()});
        } catch (JMException hasNoSuchCommand) {
            // The memory stays with the process, and will be used for what comes next.
        }
    }
}
