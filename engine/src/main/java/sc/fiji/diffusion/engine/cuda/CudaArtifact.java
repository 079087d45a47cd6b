package sc.fiji.diffusion.engine.cuda;

import java.util.List;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.device.Platform;

/**
 * A jar in Maven Central, of which some files are wanted.
 *
 * @param group its group, such as {@code org.bytedeco}
 * @param name its artifact's name
 * @param version its version
 * @param classifier may be empty
 * @param bytes its size
 * @param sha1 what Maven Central says of it, in hexadecimal; written down here, so that no mirror can give another
 * @param folder the folder inside that the files are in, ending in a slash
 * @param prefixes how the names of the files begin that are wanted
 * @param unpackedBytes the size of these files, or somewhat more
 */
record CudaArtifact(
        String group,
        String name,
        String version,
        String classifier,
        long bytes,
        String sha1,
        String folder,
        List<String> prefixes,
        long unpackedBytes) {

    /** The libraries' folder is named after it; the one that the rest of the engine is built with. */
    static final String RUNTIME_VERSION = "1.29.0";

    private static final String CUDA_VERSION = "12.6-9.5-1.5.11";
    private static final long RUNTIME_BYTES = 642_295_340L;
    private static final String RUNTIME_SHA1 = "f6a342d21686edb54b62682ee3d5658ff6bfbf9a";

    CudaArtifact {
        prefixes = List.copyOf(prefixes);
    }

    /**
     * What a platform needs: ONNX Runtime, and the parts of CUDA and cuDNN that it loads.
     *
     * @throws EngineException if NVIDIA's GPUs can't be used there
     */
    static List<CudaArtifact> of(Platform platform) {
        return switch (platform) {
            case LINUX_X64 ->
                List.of(
                        runtime(platform, "lib", 620_000_000L),
                        cuda(
                                "linux-x86_64",
                                2_026_748_503L,
                                "9ab62bca3f54c11ecde4d0190a94d5babe55d3ad",
                                List.of(
                                        "libcudart.so",
                                        "libcublas.so",
                                        "libcublasLt.so",
                                        "libcurand.so",
                                        "libcufft.so",
                                        "libnvrtc",
                                        "libnvJitLink.so",
                                        "libcudnn"),
                                2_000_000_000L));
            case WINDOWS_X64 ->
                List.of(
                        runtime(platform, "", 360_000_000L),
                        cuda(
                                "windows-x86_64",
                                1_836_422_762L,
                                "08d6727452fe2b1a5d288b6b833136ceec307cbc",
                                List.of(
                                        "cudart64_",
                                        "cublas64_",
                                        "cublasLt64_",
                                        "curand64_",
                                        "cufft64_",
                                        "nvrtc",
                                        "nvJitLink_",
                                        "cudnn"),
                                2_000_000_000L));
            case LINUX_AARCH64, MAC_AARCH64, OTHER ->
                throw new EngineException("cuda: expected Linux or Windows on x64, found " + platform.folder());
        };
    }

    private static CudaArtifact runtime(Platform platform, String prefix, long unpackedBytes) {
        return new CudaArtifact(
                "com.microsoft.onnxruntime",
                "onnxruntime_gpu",
                RUNTIME_VERSION,
                "",
                RUNTIME_BYTES,
                RUNTIME_SHA1,
                "ai/onnxruntime/native/" + platform.folder() + "/",
                Stream.of(
                                "onnxruntime.",
                                "onnxruntime4j_jni.",
                                "onnxruntime_providers_shared.",
                                "onnxruntime_providers_cuda.")
                        .map(file -> prefix + file)
                        .toList(),
                unpackedBytes);
    }

    private static CudaArtifact cuda(
            String platform, long bytes, String sha1, List<String> prefixes, long unpackedBytes) {
        return new CudaArtifact(
                "org.bytedeco",
                "cuda",
                CUDA_VERSION,
                platform + "-redist",
                bytes,
                sha1,
                "org/bytedeco/cuda/" + platform + "/",
                prefixes,
                unpackedBytes);
    }

    /** Such as {@code cuda-12.6-9.5-1.5.11-linux-x86_64-redist.jar}. */
    String fileName() {
        return name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /** Where it lies in a repository. */
    String path() {
        return group.replace('.', '/') + "/" + name + "/" + version + "/" + fileName();
    }

    /** Whether an entry of the jar is wanted; the name of such a one has no folder after {@link #folder}. */
    boolean wants(String entry) {
        if (!entry.startsWith(folder)) {
            return false;
        }
        String file = entry.substring(folder.length());
        return file.matches("[A-Za-z0-9._-]+") && prefixes.stream().anyMatch(file::startsWith);
    }
}
