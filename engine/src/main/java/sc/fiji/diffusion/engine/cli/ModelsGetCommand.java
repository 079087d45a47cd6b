package sc.fiji.diffusion.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.download.DownloadOptions;
import sc.fiji.diffusion.engine.download.DownloadPlan;
import sc.fiji.diffusion.engine.download.ModelDownloader;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.Models;

/** {@code diffuse models get}. */
@Command(
        name = "get",
        description =
                "Fetches a model from the Hugging Face hub into its cache, where Python finds it too. What broke off"
                        + " goes on from where it was.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_TOKEN and HF_HUB_OFFLINE are read as Python's huggingface_hub does;"
                    + " HTTPS_PROXY and NO_PROXY too.",
        })
final class ModelsGetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "A name of the list, or owner/name, owner/name@revision or owner/name/file.safetensors.")
    private String model;

    @Option(
            names = {"--precision", "--variant"},
            paramLabel = "TYPE",
            description = "Which weights: fp16, fp32 or another that the repository has (default: fp16 where there are"
                    + " some, else fp32).")
    private Optional<String> precision;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "A file of the repository, and nothing else; may be repeated.")
    private List<String> files = List.of();

    @Option(
            names = {"--accept-licence", "--accept-license"},
            description = "Accept the model's licence, which is shown otherwise.")
    private boolean accepted;

    @Option(names = "--offline", description = "Use no network: say where the model is, or what of it is missing.")
    private boolean offline;

    @Override
    public Integer call() {
        HubSettings settings = HubSettings.current();
        PrintWriter out = spec.commandLine().getOut();
        if (offline || settings.offline()) {
            out.println(Models.locate(model));
            out.flush();
            return 0;
        }
        ModelDownloader downloader = ModelDownloader.of(settings);
        PrintedDownload progress = new PrintedDownload(spec.commandLine().getErr());
        DownloadPlan plan = downloader.plan(model, new DownloadOptions(precision, files), progress);
        if (!plan.missing().isEmpty()) {
            tell(plan);
            requireAccepted(plan);
        }
        Path path = downloader.fetch(plan, progress);
        out.println(path);
        out.flush();
        return 0;
    }

    private void tell(DownloadPlan plan) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%s at %s: %d files, %.1f MB, of which %.1f MB are to be fetched%n",
                plan.name(),
                plan.commit().substring(0, 12),
                plan.files().size(),
                plan.bytes() / 1e6,
                plan.missingBytes() / 1e6);
        err.println(plan.license().sentence());
        err.flush();
    }

    private void requireAccepted(DownloadPlan plan) {
        if (accepted) {
            return;
        }
        PrintWriter err = spec.commandLine().getErr();
        plan.license().text().ifPresent(text -> err.println("\n" + text.strip() + "\n"));
        err.flush();
        Optional<Boolean> answer = Question.ask("Do you accept this licence?");
        if (answer.isEmpty()) {
            throw new RequestException("licence: expected --accept-licence, as there is no terminal to ask on; "
                    + plan.license().sentence());
        }
        if (!answer.get()) {
            throw new RequestException(
                    "licence: expected it to be accepted, found that it was not; nothing was fetched");
        }
    }
}
