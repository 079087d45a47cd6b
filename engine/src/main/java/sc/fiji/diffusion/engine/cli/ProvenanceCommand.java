package sc.fiji.diffusion.engine.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;

/** {@code diffuse provenance}. */
@Command(
        name = "provenance",
        description = "Says how a picture was made, as far as its file tells.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Reads what this program writes into PNG files, and what AUTOMATIC1111's webui, InvokeAI and ComfyUI write;"
                    + " in PNG and JPEG files, IPTC's digital source type too. The pixels are not looked at.",
        })
final class ProvenanceCommand implements Callable<Integer> {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A PNG or JPEG file.")
    private Path file;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PictureMetadata metadata = PictureMetadata.read(file);
        if (metadata.isEmpty()) {
            throw new RequestException("provenance: expected what made the picture, found nothing of it in " + file);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? GSON.toJson(json(metadata)) + "\n" : text(metadata));
        out.flush();
        return 0;
    }

    private static JsonObject json(PictureMetadata metadata) {
        JsonObject object = JsonParser.parseString(metadata.history().toJson()).getAsJsonObject();
        object.addProperty("software", metadata.software());
        metadata.sourceType().ifPresent(type -> object.addProperty("digital_source_type", type));
        return object;
    }

    private static String text(PictureMetadata metadata) {
        return (metadata.software().isEmpty() ? "" : "Software: " + metadata.software() + "\n")
                + metadata.sourceType()
                        .map(type -> "Digital source type: " + type + "\n")
                        .orElse("")
                + metadata.history().text();
    }
}
