package sc.fiji.diffusion.engine.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What WebGPU computes wrong in ONNX Runtime 1.29, found by comparing each node of our networks with the CPU's numbers.
 * Such nodes are left to the CPU:
 *
 * <ul>
 *   <li>convolutions of 6, 9 or 15 channels and the like: each number is off (right are multiples of 4, and up to 3);
 *   <li>{@code MultiHeadAttention} with one head, which is what VAEs have: its kernel wants 64 KB of shared memory, and
 *       GPUs have 32;
 *   <li>all {@code MultiHeadAttention} on a device that has subgroups of four only, as software has.
 * </ul>
 */
final class WebGpuFaults {

    private static final String CONVOLUTION = "Conv";
    private static final String ATTENTION = "MultiHeadAttention";
    private static final int VECTOR = 4;

    private final GraphProto graph;
    private final Map<String, TensorProto> weights = new HashMap<>();
    private final Map<String, NodeProto> producers = new HashMap<>();

    private WebGpuFaults(GraphProto graph) {
        this.graph = graph;
        graph.getInitializerList().forEach(weight -> weights.put(weight.getName(), weight));
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
        }
    }

    /** The same model with a name for each node. */
    static ModelProto named(ModelProto model) {
        ModelProto.Builder named = model.toBuilder();
        int count = 0;
        for (NodeProto.Builder node : named.getGraphBuilder().getNodeBuilderList()) {
            count++;
            if (node.getName().isEmpty()) {
                node.setName("node " + count);
            }
        }
        return named.build();
    }

    /**
     * The names of the nodes that are better computed on the CPU.
     *
     * @param attentionIsWrong whether this device computes any attention wrong
     */
    static List<String> nodes(ModelProto model, boolean attentionIsWrong) {
        WebGpuFaults faults = new WebGpuFaults(model.getGraph());
        return faults.graph.getNodeList().stream()
                .filter(node -> faults.isWrong(node, attentionIsWrong))
                .map(NodeProto::getName)
                .toList();
    }

    private boolean isWrong(NodeProto node, boolean attentionIsWrong) {
        return switch (node.getOpType()) {
            case CONVOLUTION -> channels(node.getInput(1)).filter(this::isOdd).isPresent();
            case ATTENTION -> attentionIsWrong || heads(node) == 1;
            default -> false;
        };
    }

    private boolean isOdd(long channels) {
        return channels > VECTOR && channels % VECTOR != 0;
    }

    /** The second size of a weight {@code [out, in, …]}, whatever it was cast to or had added. */
    private Optional<Long> channels(String name) {
        TensorProto weight = weights.get(name);
        if (weight != null) {
            return weight.getDimsCount() > 1 ? Optional.of(weight.getDims(1)) : Optional.empty();
        }
        NodeProto producer = producers.get(name);
        return producer == null || producer.getInputCount() == 0 ? Optional.empty() : channels(producer.getInput(0));
    }

    private static long heads(NodeProto attention) {
        return attention.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("num_heads"))
                .mapToLong(AttributeProto::getI)
                .findFirst()
                .orElse(0);
    }
}
