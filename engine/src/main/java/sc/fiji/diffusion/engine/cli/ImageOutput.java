package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;

/** Where generated images go, which tell in their files how they were made. */
final class ImageOutput {

    static final String BATCH_FOOTER =
            "With --batch N above 1, FILE.png becomes FILE-1.png to FILE-N.png; image i has the seed + i - 1.";

    @Option(names = "--output", required = true, paramLabel = "FILE.png", description = "Where the image goes.")
    private Path output;

    @Option(
            names = "--latents",
            paramLabel = "FILE.safetensors",
            description = "Also write the final latents, as tensor \"latents\".")
    private Optional<Path> latents;

    void requireWritable() {
        PngFile.requireWritable(output);
    }

    void write(GenerationResult result) {
        List<GeneratedImage> images = result.images();
        for (int i = 0; i < images.size(); i++) {
            Path file = images.size() == 1 ? output : numbered(output, i + 1);
            RgbImage image = images.get(i).image();
            Provenance made = result.provenance()
                    .ofImage(i)
                    .withResult(List.of(PixelHash.ofRgb(image.width(), image.height(), image.packed())));
            PngFile.write(image, PictureMetadata.texts(History.NONE.and(made)), file);
        }
        latents.ifPresent(file -> SafetensorsWriter.write(file, Map.of("latents", result.latents()), Map.of()));
    }

    private static Path numbered(Path file, int number) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String numbered = dot < 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
        return file.resolveSibling(numbered);
    }
}
