package sc.fiji.diffusion.engine.hostile;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;

/** Networks that exporters wrote: a graph alone, and as the UNet of a model's folder. */
final class ExportedInputs {

    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;

    private ExportedInputs() {}

    static List<HostileInput> all() {
        return List.of(graph(), folder());
    }

    static HostileInput graph() {
        FileInput input = new FileInput("ONNX file", "unet/model.onnx", whole(), broken(), folder -> OnnxFile.read(
                        folder.resolve("unet/model.onnx"))
                .bytes());
        return new WithFiles(input, Map.of("unet/weights.pb", new byte[8], "secret", new byte[8]));
    }

    static HostileInput folder() {
        FileInput input = new FileInput("ONNX folder", "unet/model.onnx", whole(), broken(), folder -> {
            Checkpoint checkpoint = Checkpoint.open(folder);
            checkpoint.nativeSize();
            checkpoint.sha256();
        });
        byte[] graph = whole().get("weights inside");
        return new WithFiles(
                input,
                Map.of(
                        "unet/weights.pb",
                        new byte[8],
                        "secret",
                        new byte[8],
                        "text_encoder/model.onnx",
                        graph,
                        "vae_decoder/model.onnx",
                        graph,
                        "scheduler/scheduler_config.json",
                        TextInput.bytes(ModelInput.original("scheduler/scheduler_config.json")),
                        "model_index.json",
                        TextInput.bytes("{\"_class_name\": \"OnnxStableDiffusionPipeline\"}")));
    }

    private static Map<String, byte[]> whole() {
        return Map.of("weights inside", model(tensor(2, 1)), "weights beside", model(beside("weights.pb")));
    }

    private static TensorProto.Builder tensor(long... sizes) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(1);
        for (long size : sizes) {
            tensor.addDims(size);
        }
        return tensor;
    }

    private static TensorProto.Builder beside(String location) {
        return tensor(2)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }

    private static byte[] model(TensorProto.Builder... tensors) {
        GraphProto.Builder graph = GraphProto.newBuilder();
        for (TensorProto.Builder tensor : tensors) {
            graph.addInitializer(tensor);
        }
        return ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    }

    private static Map<String, byte[]> broken() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("nothing", new byte[0]);
        broken.put("zeros", new byte[1 << 16]);
        broken.put("a text", TextInput.bytes("<!DOCTYPE html><html></html>"));
        broken.put("a negative size", model(tensor(-1)));
        broken.put("sizes beyond 2^63", model(tensor(1L << 40, 1L << 40)));
        TensorProto.Builder[] large = new TensorProto.Builder[64];
        Arrays.fill(large, tensor(1L << 48));
        broken.put("sums beyond every disk", model(large));
        for (String location : List.of(
                "",
                ".",
                "..",
                "../secret",
                "../../etc/passwd",
                "/etc/passwd",
                "\\secret",
                "missing",
                "a\u0000b",
                "a\nb",
                "n".repeat(100_000),
                "x/../../secret")) {
            broken.put("weights in " + location.substring(0, Math.min(20, location.length())), model(beside(location)));
        }
        byte[] varint = new byte[12];
        Arrays.fill(varint, (byte) 0xFF);
        broken.put("a number without an end", varint);
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 100}) {
            broken.put("a graph of " + length + " bytes", field(GRAPH, length, new byte[0]));
            broken.put("a tensor of " + length + " bytes", message(GRAPH, field(INITIALIZER, length, new byte[0])));
        }
        byte[] groups = new byte[1 << 20];
        Arrays.fill(groups, (byte) 0x0B);
        broken.put("groups without an end", groups);
        byte[] deep = new byte[0];
        for (int i = 0; i < 200; i++) {
            deep = message(NODE, message(5, message(6, deep)));
        }
        broken.put("graphs within graphs", message(GRAPH, deep));
        broken.put("a name that is no UTF-8", message(GRAPH, message(INITIALIZER, message(13, message(1, varint)))));
        return broken;
    }

    private static byte[] message(int field, byte[] content) {
        return field(field, content.length, content);
    }

    private static byte[] field(int field, int length, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        for (long rest = length & 0xFFFFFFFFL; ; rest >>>= 7) {
            out.write((int) ((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)));
            if (rest <= 0x7F) {
                break;
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
