package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.inspect.Inspection;
import sc.fiji.diffusion.engine.inspect.InspectionJson;
import sc.fiji.diffusion.engine.inspect.InspectionText;
import sc.fiji.diffusion.engine.inspect.Inspector;

/**
 * What another reader reads, looked at: what is broken about it is told, nothing is refused.
 *
 * @param input the other reader's
 * @param path of what is looked at
 */
record InspectedInput(HostileInput input, String path) implements HostileInput {

    static List<HostileInput> all() {
        return List.of(
                new InspectedInput(new SafetensorsInput(), "model.safetensors"),
                new InspectedInput(new SingleFileInput(), "model.safetensors"),
                new InspectedInput(AdapterInputs.lora(), "adapter.safetensors"),
                new InspectedInput(ExportedInputs.graph(), "unet/model.onnx"),
                new InspectedInput(ExportedInputs.folder(), ""),
                new InspectedInput(ConfigurationInputs.vae(), ""),
                new InspectedInput(new ShardIndexInput(), "weights"),
                new InspectedInput(card(), ""));
    }

    private static HostileInput card() {
        Map<String, byte[]> whole = new LinkedHashMap<>();
        for (String license : List.of(
                "mit", "\"mit\" # or so", " ".repeat(1 << 16) + "\"x\"y", "\"'#", "a ".repeat(1 << 16) + "\"\"")) {
            whole.put(
                    "the licence " + license.substring(0, Math.min(10, license.length())),
                    TextInput.bytes("---\nlicense: " + license + "\n---\n"));
        }
        whole.put("no UTF-8", new byte[] {'-', '-', '-', '\n', (byte) 0xFF});
        return new FileInput("model card", "README.md", whole, Map.of(), folder -> {});
    }

    @Override
    public String name() {
        return "inspected " + input.name();
    }

    @Override
    public String file() {
        return input.file();
    }

    @Override
    public void surround(Path folder) throws IOException {
        input.surround(folder);
    }

    @Override
    public Map<String, byte[]> whole() {
        Map<String, byte[]> all = new LinkedHashMap<>(input.broken());
        all.putAll(input.whole());
        return all;
    }

    @Override
    public Map<String, byte[]> broken() {
        return Map.of();
    }

    @Override
    public void read(Path folder) {
        Inspection inspection = Inspector.inspect(folder.resolve(path), CheckpointOptions.NONE);
        InspectionText.of(inspection);
        InspectionJson.of(inspection);
    }
}
