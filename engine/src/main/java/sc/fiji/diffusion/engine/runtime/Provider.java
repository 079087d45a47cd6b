package sc.fiji.diffusion.engine.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can compute networks, in ONNX Runtime's words: its execution providers, of which a native library has some. */
public enum Provider {
    CPU("CPU", OrtProvider.CPU),
    /** GPUs of any make, through Vulkan, Direct3D 12 or Metal. */
    WEBGPU("WebGPU", OrtProvider.WEBGPU),
    /** NVIDIA's GPUs. */
    CUDA("CUDA", OrtProvider.CUDA),
    /** Apple's GPUs and neural engines. */
    COREML("CoreML", OrtProvider.CORE_ML),
    /** GPUs of any make, in Windows. */
    DIRECTML("DirectML", OrtProvider.DIRECT_ML);

    private final String label;
    private final OrtProvider runtimeProvider;

    Provider(String label, OrtProvider provider) {
        this.label = label;
        this.runtimeProvider = provider;
    }

    /** As people write it, such as {@code WebGPU}. */
    public String label() {
        return label;
    }

    /** As people type it, such as {@code webgpu}. */
    public String typed() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether several devices of it are told apart by a number. */
    boolean isNumbered() {
        return this == CUDA || this == DIRECTML;
    }

    /** Whether the native library that is loaded was built with it. Loads the library. */
    boolean isLoaded() {
        OnnxRuntime.environment();
        return OrtEnvironment.getAvailableProviders().contains(runtimeProvider);
    }

    /**
     * Makes a session compute with it. Nodes that it has no kernel for are computed on the CPU.
     *
     * @param onCpu names of nodes that are to be computed on the CPU besides; heeded by WebGPU alone
     */
    void addTo(SessionOptions options, int index, List<String> onCpu) throws OrtException {
        switch (this) {
            case CPU -> options.addCPU(true);
            case WEBGPU -> {
                Map<String, String> webGpu = new HashMap<>(Map.of("powerPreference", "high-performance"));
                if (!onCpu.isEmpty()) {
                    webGpu.put("forceCpuNodeNames", String.join("\n", onCpu));
                }
                options.addWebGPU(webGpu);
            }
            case CUDA -> {
                try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
                    // The default tries every algorithm of every convolution, for minutes before the first image.
                    cuda.add("cudnn_conv_algo_search", "HEURISTIC");
                    options.addCUDA(cuda);
                }
            }
            case COREML -> options.addCoreML(Map.of("ModelFormat", "MLProgram"));
            case DIRECTML -> {
                // It refuses anything else.
                options.setMemoryPatternOptimization(false);
                options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
                options.addDirectML(index);
            }
        }
    }
}
