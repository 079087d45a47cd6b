package sc.fiji.diffusion.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.bench.Benchmark;
import sc.fiji.diffusion.engine.bench.BenchmarkJson;
import sc.fiji.diffusion.engine.bench.BenchmarkReport;
import sc.fiji.diffusion.engine.bench.BenchmarkSettings;
import sc.fiji.diffusion.engine.bench.BenchmarkText;
import sc.fiji.diffusion.engine.bench.SyntheticCheckpoint;
import sc.fiji.diffusion.engine.bench.SyntheticModel;
import sc.fiji.diffusion.engine.bench.TemporaryFolder;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.runtime.Device;

/** {@code diffuse bench}. */
@Command(
        name = "bench",
        description = "Measures how fast a model is on this computer, and how much memory it takes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "PATH|NAME",
            description = "A model's folder, .safetensors file or name (default: " + Models.EMBEDDED
                    + ", the model that is built in).")
    private Optional<String> model;

    @Mixin
    private CheckpointArguments checkpointArguments;

    @Option(
            names = "--synthetic",
            paramLabel = "SIZE",
            description =
                    "Instead of --model, random weights of a published model's true shapes: sd15, sd21, sdxl or tiny."
                            + " sd15 takes 2.1 GB of disk, sdxl 6.9 GB.")
    private Optional<SyntheticModel> synthetic;

    @Option(names = "--taesd", description = "With --synthetic: a tiny autoencoder in place of the VAE.")
    private boolean taesd;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "With --synthetic: write the weights there and leave them, or use those that are there"
                    + " already (default: a temporary folder).")
    private Optional<Path> keep;

    @Option(names = "--width", paramLabel = "N", description = "In pixels (default: the model's own).")
    private Optional<Integer> width;

    @Option(names = "--height", paramLabel = "N", description = "In pixels (default: the model's own).")
    private Optional<Integer> height;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "4",
            description = "Denoising steps of each image (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--guidance",
            paramLabel = "X",
            description = "Classifier-free guidance, 1 is none (default: the model's own, usually 7.5).")
    private Optional<Double> guidance;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many images (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Mixin
    private FormOptions form;

    @Mixin
    private DeviceOption device;

    @Option(
            names = "--compare",
            paramLabel = "FORM",
            description = "Measure these nodes, fused or plain, in float32 too, step by step in turn, and tell the"
                    + " ratio.")
    private Optional<GraphForm.Operators> compare;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        if (synthetic.isEmpty() && (taesd || keep.isPresent())) {
            throw Usage.refusal(spec, (taesd ? "--taesd" : "--keep") + ": expected with --synthetic, found without");
        }
        if (synthetic.isPresent() && model.isPresent()) {
            throw Usage.refusal(spec, "--model: expected either --model or --synthetic, found both");
        }
        BenchmarkReport report = synthetic.isEmpty()
                ? measured(Models.locate(model.orElse(Models.EMBEDDED)))
                : synthetic(synthetic.get());
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? BenchmarkJson.of(report) + "\n" : BenchmarkText.of(report));
        out.flush();
        return 0;
    }

    private BenchmarkReport synthetic(SyntheticModel size) {
        if (keep.isPresent()) {
            return synthetic(size, keep.get());
        }
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            return synthetic(size, temporary.path().resolve(size.label()));
        }
    }

    private BenchmarkReport synthetic(SyntheticModel size, Path folder) {
        SyntheticCheckpoint.write(size, taesd, folder, diffuse.progress());
        return measured(folder);
    }

    private BenchmarkReport measured(Path path) {
        Checkpoint checkpoint = Checkpoint.open(path, checkpointArguments.options());
        return device.open(chosen -> Benchmark.run(checkpoint, settings(checkpoint, chosen), diffuse.progress()));
    }

    private BenchmarkSettings settings(Checkpoint checkpoint, Device chosen) {
        List<Execution> executions = new ArrayList<>(List.of(form.on(chosen)));
        compare.ifPresent(other -> executions.add(new Execution(chosen, new GraphForm(other, Precision.FLOAT32))));
        return Usage.checked(
                spec,
                () -> new BenchmarkSettings(
                        width.orElseGet(checkpoint::nativeSize),
                        height.orElseGet(checkpoint::nativeSize),
                        steps,
                        guidance.orElseGet(checkpoint::guidanceScale),
                        repeat,
                        executions));
    }
}
