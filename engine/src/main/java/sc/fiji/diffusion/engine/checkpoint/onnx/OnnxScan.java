package sc.fiji.diffusion.engine.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * Walks through an ONNX file's tensors, wherever they are: initializers, constants in nodes, nested graphs, functions.
 * Their values are passed over, so that a file of two gigabytes takes no memory.
 */
final class OnnxScan {

    /** Graphs within graphs; a file that nests deeper was made to exhaust the stack. */
    private static final int DEEPEST = 32;

    /** Of one type; more would not fit any disk, and sums of them no long. */
    private static final long MOST_VALUES = 1L << 50;

    private final Set<String> locations = new TreeSet<>();
    private final Map<String, Long> parameters = new TreeMap<>();
    private final CodedInputStream in;
    private int depth;
    private boolean hasGraph;

    private OnnxScan(CodedInputStream in) {
        this.in = in;
    }

    static OnnxScan of(Path path) {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(path))) {
            OnnxScan scan = new OnnxScan(CodedInputStream.newInstance(stream));
            scan.fields(scan::model);
            if (!scan.hasGraph) {
                throw new CheckpointException(path + ": expected an ONNX model, found a file without a graph");
            }
            return scan;
        } catch (IOException e) {
            throw new CheckpointException(path + ": expected an ONNX model, found " + e.getMessage(), e);
        }
    }

    /** What the file calls the files that hold its weights. */
    Set<String> locations() {
        return locations;
    }

    /** Values by type. */
    Map<String, Long> parameters() {
        return parameters;
    }

    /** Takes a field of a message, or says that it is not interested. */
    @FunctionalInterface
    private interface FieldReader {
        boolean take(int field) throws IOException;
    }

    private void fields(FieldReader reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean taken = isMessage(tag) && reader.take(WireFormat.getTagFieldNumber(tag));
            if (!taken) {
                in.skipField(tag);
            }
        }
    }

    private static boolean isMessage(int tag) {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private boolean message(FieldReader reader) throws IOException {
        if (++depth > DEEPEST) {
            throw new IOException("messages nested more than " + DEEPEST + " deep");
        }
        int limit = in.pushLimit(in.readRawVarint32());
        fields(reader);
        leave(limit);
        depth--;
        return true;
    }

    /** ModelProto: graph, functions. */
    private boolean model(int field) throws IOException {
        hasGraph |= field == 7;
        return switch (field) {
            case 7 -> message(this::graph);
            case 25 -> message(inner -> inner == 7 && message(this::node));
            default -> false;
        };
    }

    /** GraphProto: node, initializer, sparse_initializer. */
    private boolean graph(int field) throws IOException {
        return switch (field) {
            case 1 -> message(this::node);
            case 5 -> tensor();
            case 15 -> message(this::sparse);
            default -> false;
        };
    }

    /** NodeProto: attribute, with t, g, tensors, graphs, sparse_tensor, sparse_tensors. */
    private boolean node(int field) throws IOException {
        return field == 5
                && message(attribute -> switch (attribute) {
                    case 5, 10 -> tensor();
                    case 6, 11 -> message(this::graph);
                    case 22, 23 -> message(this::sparse);
                    default -> false;
                });
    }

    /** SparseTensorProto: values, indices. */
    private boolean sparse(int field) throws IOException {
        return field <= 2 && tensor();
    }

    private boolean tensor() throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        long count = 1;
        int type = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == 1) {
                count = multiplied(count, tag);
            } else if (field == 2) {
                type = in.readEnum();
            } else if (field == 13 && isMessage(tag)) {
                externalData();
            } else {
                in.skipField(tag);
            }
        }
        leave(limit);
        DataType known = DataType.forNumber(type);
        long sum = parameters.merge(known == null ? "type " + type : known.name(), count, Long::sum);
        if (sum > MOST_VALUES) {
            throw new IOException("tensors with " + sum + " values");
        }
        return true;
    }

    /** At the end of the file, a message seems to end too. */
    private void leave(int limit) throws IOException {
        if (in.getBytesUntilLimit() != 0) {
            throw new IOException("a file that ends within a message");
        }
        in.popLimit(limit);
    }

    /** Sizes are packed, or come one by one. */
    private long multiplied(long count, int tag) throws IOException {
        if (!isMessage(tag)) {
            return times(count, in.readInt64());
        }
        long product = count;
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            product = times(product, in.readInt64());
        }
        in.popLimit(limit);
        return product;
    }

    private static long times(long count, long size) throws IOException {
        if (size < 0 || (size > 0 && count > MOST_VALUES / size)) {
            throw new IOException("a tensor with a size of " + size);
        }
        return count * size;
    }

    /** StringStringEntryProto: key, value. */
    private void externalData() throws IOException {
        String[] entry = {"", ""};
        message(field -> {
            if (field > 2) {
                return false;
            }
            entry[field - 1] = in.readStringRequireUtf8();
            return true;
        });
        if (entry[0].equals("location")) {
            locations.add(entry[1]);
        }
    }
}
