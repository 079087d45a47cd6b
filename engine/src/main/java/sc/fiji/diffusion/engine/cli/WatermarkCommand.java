package sc.fiji.diffusion.engine.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.watermark.WatermarkReport;

/** {@code diffuse watermark}. */
@Command(
        name = "watermark",
        description = "Looks for the invisible mark that generated images carry, this program's or Stable Diffusion's.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:found in every file",
            "1:a file can't be read",
            "2:the command line is wrong",
            "3:not found in one of them"
        })
final class WatermarkCommand implements Callable<Integer> {

    private static final int NOT_FOUND = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Images: PNG, JPEG, BMP, GIF or TIFF.")
    private List<Path> files;

    @Option(names = "--json", description = "Write JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonArray all = new JsonArray();
        boolean everywhere = true;
        for (Path file : files) {
            WatermarkReport report = WatermarkReport.of(ImageFile.read(file));
            everywhere &= report.found();
            if (json) {
                JsonObject object = new JsonObject();
                object.addProperty("file", file.toString());
                report.json().entrySet().forEach(field -> object.add(field.getKey(), field.getValue()));
                all.add(object);
            } else {
                out.println(file + ": " + report.text());
                out.flush();
            }
        }
        if (json) {
            out.println(new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(all));
            out.flush();
        }
        return everywhere ? 0 : NOT_FOUND;
    }
}
