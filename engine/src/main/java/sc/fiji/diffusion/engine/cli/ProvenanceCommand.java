package sc.fiji.diffusion.engine.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.metadata.StackMetadata;

/** {@code diffuse provenance}. */
@Command(
        name = "provenance",
        description = "Says how a picture was made, as far as its file tells.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Reads what this program writes into PNG files, what ImageJ keeps in TIFF files, slice by slice, and what"
                    + " AUTOMATIC1111's webui, InvokeAI and ComfyUI write; IPTC's digital source type too. The pixels are"
                    + " not looked at.",
        })
final class ProvenanceCommand implements Callable<Integer> {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A PNG, JPEG or TIFF file.")
    private Path file;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        StackMetadata stack = StackMetadata.read(file);
        if (stack.isEmpty()) {
            throw new RequestException("provenance: expected what made the picture, found nothing of it in " + file);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? GSON.toJson(json(stack)) + "\n" : text(stack));
        out.flush();
        return 0;
    }

    private static JsonObject json(StackMetadata stack) {
        if (stack.stackSize() == 1) {
            return json(stack.slices().values().iterator().next());
        }
        JsonArray slices = new JsonArray();
        stack.slices().forEach((index, metadata) -> {
            JsonObject slice = json(metadata);
            slice.addProperty("slice", index);
            slices.add(slice);
        });
        JsonObject object = new JsonObject();
        object.addProperty("stack_size", stack.stackSize());
        object.add("slices", slices);
        return object;
    }

    private static JsonObject json(PictureMetadata metadata) {
        JsonObject object = JsonParser.parseString(metadata.history().toJson()).getAsJsonObject();
        object.addProperty("software", metadata.software());
        metadata.sourceType().ifPresent(type -> object.addProperty("digital_source_type", type));
        return object;
    }

    private static String text(StackMetadata stack) {
        return stack.slices().entrySet().stream()
                .map(slice ->
                        (stack.stackSize() == 1 ? "" : "Slice " + slice.getKey() + " of " + stack.stackSize() + "\n")
                                + text(slice.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(PictureMetadata metadata) {
        return (metadata.software().isEmpty() ? "" : "Software: " + metadata.software() + "\n")
                + metadata.sourceType()
                        .map(type -> "Digital source type: " + type + "\n")
                        .orElse("")
                + metadata.history().text();
    }
}
