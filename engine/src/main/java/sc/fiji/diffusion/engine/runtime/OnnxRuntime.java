package sc.fiji.diffusion.engine.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.graph.Graph;

/** The native library, loaded once a process, and the words for its failures. */
public final class OnnxRuntime {

    /** Its own system property: the folder that the native libraries are taken from, instead of its jar. */
    public static final String FOLDER_PROPERTY = "onnxruntime.native.path";

    private static final String WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path";
    private static final String PLAIN_ALLOCATION = "session.use_device_allocator_for_initializers";

    private OnnxRuntime() {}

    /** The version of the native library, such as {@code 1.29.0}. */
    public static String version() {
        return environment().getVersion();
    }

    /** @throws EngineException if the native library can't be loaded, as it may be with one that the user chose */
    static OrtEnvironment environment() {
        try {
            Library.load();
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "diffusion");
        } catch (LinkageError e) {
            String folder = CompanionLibraries.folder().map(Path::toString).orElse("its jar");
            throw new EngineException(
                    "ONNX Runtime: expected native libraries for this system in " + folder + ", found " + rootCause(e),
                    e);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    /** Loads what ONNX Runtime's library needs, once. */
    private static final class Library {

        static {
            CompanionLibraries.load();
        }

        static void load() {
            // Done when the class was initialised.
        }
    }

    static OrtSession openSession(Graph graph, Device device) {
        boolean webGpu = device.provider() == Provider.WEBGPU;
        ModelProto model = webGpu ? WebGpuFaults.named(graph.model()) : graph.model();
        return openSession(graph.name(), device, Optional.of(model), options -> {
            options.addConfigEntry(WEIGHTS_FOLDER, graph.weightsFolder().toString());
            return environment().createSession(model.toByteArray(), options);
        });
    }

    /** A file whose weights, if they are beside it, are no links. */
    static OrtSession openSession(Path onnxFile, Device device) {
        return openSession(onnxFile.toString(), device, Optional.empty(), options -> environment()
                .createSession(onnxFile.toString(), options));
    }

    /** Makes a session with options that are as good as ready. */
    @FunctionalInterface
    private interface SessionMaker {
        OrtSession make(SessionOptions options) throws OrtException;
    }

    private static OrtSession openSession(String name, Device device, Optional<ModelProto> model, SessionMaker maker) {
        requireLoaded(device);
        long begin = System.nanoTime();
        try (SessionOptions options = new SessionOptions()) {
            addProvider(device, model, options);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // One level higher, convolutions' weights are copied into another layout: 2 GB more while a UNet of SD
            // 1.5's
            // size is opened, and three times the time.
            options.setOptimizationLevel(SessionOptions.OptLevel.EXTENDED_OPT);
            // With a pattern, the second run would touch as much fresh memory again as the first has left.
            options.setMemoryPatternOptimization(false);
            // Weights in the arena would grow it by powers of two: a gigabyte lost for a large UNet.
            options.addConfigEntry(PLAIN_ALLOCATION, "1");
            OrtSession session = maker.make(options);
            RunClock.opened(name, begin);
            return session;
        } catch (OrtException e) {
            if (isOutOfMemory(e)) {
                throw failure(name, e);
            }
            if (!device.equals(Device.CPU)) {
                throw new EngineException(name + ": " + device.label() + " can't compute it: " + firstLine(e), e);
            }
            throw new CheckpointException(name + ": expected weights that fit together, found: " + firstLine(e), e);
        }
    }

    private static void requireLoaded(Device device) {
        if (!device.provider().isLoaded()) {
            throw new EngineException(device + ": expected a native library with "
                    + device.provider().label() + ", found one without that in "
                    + CompanionLibraries.folder().map(Path::toString).orElse("the jar of ONNX Runtime")
                    + "; a process can load but one");
        }
    }

    /** This is where a driver is first asked. */
    private static void addProvider(Device device, Optional<ModelProto> model, SessionOptions options) {
        try {
            boolean webGpu = device.provider() == Provider.WEBGPU && model.isPresent();
            List<String> onCpu = webGpu ? WebGpuFaults.nodes(model.get(), WebGpuAttention.isWrong()) : List.of();
            device.provider().addTo(options, device.index(), onCpu);
        } catch (OrtException e) {
            throw new EngineException(device + ": expected a device with a driver, found: " + reason(e), e);
        }
    }

    /** What it says, without where in its own source. */
    private static String reason(OrtException e) {
        return firstLine(e)
                .replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceFirst("^.*( was false\\. |\\[ONNXRuntimeError\\] : \\d+ : \\w+ : )", "");
    }

    static DiffusionException failure(String network, OrtException e) {
        if (isOutOfMemory(e)) {
            return EngineException.outOfMemory(
                    network + ": not enough memory; a smaller width and height need less (" + firstLine(e) + ")", e);
        }
        return new EngineException(network + ": ONNX Runtime failed: " + firstLine(e), e);
    }

    private static boolean isOutOfMemory(OrtException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("failed to allocate")
                || message.contains("bad_alloc")
                || message.contains("bad allocation")
                || message.contains("out of memory");
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }
}
