package sc.fiji.diffusion.engine.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.Weights;

/** The index of weights in two files. */
record ShardIndexInput() implements HostileInput {

    private static final String ONE = "model-00001-of-00002.safetensors";
    private static final String TWO = "model-00002-of-00002.safetensors";

    @Override
    public String name() {
        return "index of shards";
    }

    @Override
    public String file() {
        return "weights/model.safetensors.index.json";
    }

    @Override
    public void surround(Path folder) throws IOException {
        Path weights = Files.createDirectories(folder.resolve("weights"));
        Files.write(weights.resolve(ONE), shard("a"));
        Files.write(weights.resolve(TWO), shard("b"));
        Files.write(folder.resolve("outside.safetensors"), shard("a"));
    }

    private static byte[] shard(String tensor) {
        return SafetensorsInput.file("{'" + tensor + "':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}", 4);
    }

    @Override
    public Map<String, byte[]> whole() {
        return Map.of("two shards", index("'a':'" + ONE + "','b':'" + TWO + "'"));
    }

    @Override
    public Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>(TextInput.noObject());
        broken.put("no map", TextInput.bytes("{\"weight_map\": [1]}"));
        broken.put("an empty map", index(""));
        broken.put("a number for a file", index("'a':1"));
        broken.put("a tensor twice", index("'a':'" + ONE + "','a':'" + TWO + "'"));
        broken.put("a tensor that is elsewhere", index("'b':'" + ONE + "'"));
        for (String outside : new String[] {
            "../outside.safetensors",
            "..\\\\outside.safetensors",
            "/outside.safetensors",
            "C:\\\\outside.safetensors",
            "./" + ONE,
            "model.bin",
            "missing.safetensors",
            "\\u0000.safetensors",
            "\\ud800.safetensors",
            "\\n.safetensors",
            "n".repeat(5000) + ".safetensors"
        }) {
            broken.put("the file " + outside, index("'a':'" + outside + "'"));
        }
        return broken;
    }

    private static byte[] index(String map) {
        return TextInput.bytes(("{'metadata':{'total_size':8},'weight_map':{" + map + "}}").replace('\'', '"'));
    }

    @Override
    public void read(Path folder) {
        Weights.inFolder(folder.resolve("weights")).float32Bytes();
    }
}
