package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;

/** Writes weights as what ONNX calls external data: a file, an offset and a length instead of bytes. */
final class ExternalWeights {

    private ExternalWeights() {}

    /** The deepest folder that holds all files: ONNX Runtime takes paths relative to a single one. */
    static Path commonFolder(Collection<WeightTensor> weights) {
        Path common = null;
        for (WeightTensor weight : weights) {
            Path parent = Objects.requireNonNull(weight.file().getParent(), "a real file has a folder");
            common = common == null ? parent : commonFolder(common, parent);
        }
        return common;
    }

    /** Again, now that the bytes themselves are about to be read: files may have changed since their header was. */
    static void requireWhole(Collection<WeightTensor> weights) {
        Map<Path, Long> ends = new LinkedHashMap<>();
        weights.forEach(weight -> ends.merge(weight.file(), weight.offset() + weight.length(), Math::max));
        ends.forEach((file, end) -> {
            try {
                if (Files.size(file) < end) {
                    throw new CheckpointException(file + ": expected " + end + " bytes or more, as its header says,"
                            + " found " + Files.size(file) + "; it was cut since it was opened");
                }
            } catch (IOException failed) {
                throw new CheckpointException(file + ": expected a file that can be read, found " + failed, failed);
            }
        });
    }

    private static Path commonFolder(Path one, Path other) {
        Path folder = one;
        while (folder != null && !other.startsWith(folder)) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new CheckpointException(
                    other + ": expected all weights of a network on one drive, found others in " + one);
        }
        return folder;
    }

    static TensorProto proto(String name, WeightTensor weight, Path folder) {
        String location = folder.relativize(weight.file()).toString().replace('\\', '/');
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(onnxType(weight).getNumber())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", Long.toString(weight.offset())))
                .addExternalData(entry("length", Long.toString(weight.length())));
        weight.storedShape().forEach(size -> proto.addDims(size));
        return proto.build();
    }

    static boolean isStoredAs(ElementType type, WeightTensor weight) {
        return onnxType(weight).getNumber() == type.onnxNumber();
    }

    private static DataType onnxType(WeightTensor weight) {
        return switch (weight.dtype()) {
            case F32 -> DataType.FLOAT;
            case F16 -> DataType.FLOAT16;
            case BF16 -> DataType.BFLOAT16;
            case F64 -> DataType.DOUBLE;
            case I8 -> DataType.INT8;
            default ->
                throw new CheckpointException(weight.file() + ": tensor " + weight.name()
                        + ": expected weights as F32, F16, BF16 or F64, found " + weight.dtype());
        };
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
