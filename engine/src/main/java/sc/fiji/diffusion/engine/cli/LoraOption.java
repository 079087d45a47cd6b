package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Lora;
import sc.fiji.diffusion.engine.adapter.LoraFile;
import sc.fiji.diffusion.engine.hub.Models;

/**
 * The option {@code --lora PATH[:STRENGTH[:UNET_STRENGTH]]}. A path may hold colons, as {@code C:\x.safetensors}
 * does: only numbers after the last ones are strengths.
 */
record LoraOption(Path path, double unetStrength, double textEncoderStrength) {

    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?";
    private static final Pattern OPTION =
            Pattern.compile("(.+?)(?::(" + NUMBER + "))?(?::(" + NUMBER + "))?", Pattern.DOTALL);

    static LoraOption parse(String text) {
        Matcher matcher = OPTION.matcher(text);
        if (!matcher.matches()) {
            throw new RequestException("lora: expected PATH or PATH:STRENGTH, found nothing");
        }
        double textEncoder = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        double unet = matcher.group(3) == null ? textEncoder : Double.parseDouble(matcher.group(3));
        return new LoraOption(Models.locate(matcher.group(1)), unet, textEncoder);
    }

    Lora open() {
        return new Lora(LoraFile.open(path), unetStrength, textEncoderStrength);
    }
}
