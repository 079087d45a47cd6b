package sc.fiji.diffusion.engine.device;

import java.util.Locale;

/** The systems that native libraries are made for, as ONNX Runtime's Java artifact names them. */
public enum Platform {
    LINUX_X64("linux-x64", "libonnxruntime.so"),
    LINUX_AARCH64("linux-aarch64", "libonnxruntime.so"),
    WINDOWS_X64("win-x64", "onnxruntime.dll"),
    MAC_AARCH64("osx-aarch64", "libonnxruntime.dylib"),
    /** One that nobody builds ONNX Runtime's Java artifact for. */
    OTHER("other", "onnxruntime");

    private final String folder;
    private final String library;

    Platform(String folder, String library) {
        this.folder = folder;
        this.library = library;
    }

    /** That of this process. */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String architecture) {
        String name = system.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        boolean x64 = architecture.equals("amd64") || architecture.equals("x86_64");
        if (name.startsWith("linux")) {
            return x64 ? LINUX_X64 : arm ? LINUX_AARCH64 : OTHER;
        }
        if (name.startsWith("windows") && x64) {
            return WINDOWS_X64;
        }
        return name.startsWith("mac") && arm ? MAC_AARCH64 : OTHER;
    }

    /** The name of the folder for it, such as {@code linux-x64}. */
    public String folder() {
        return folder;
    }

    /** The file's name of ONNX Runtime's library. */
    String library() {
        return library;
    }

    boolean isWindows() {
        return this == WINDOWS_X64;
    }

    boolean isMac() {
        return this == MAC_AARCH64;
    }
}
