package sc.fiji.diffusion.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

class WebGpuFaultsTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "4, 0", "6, 1", "8, 0", "9, 1", "15, 1", "320, 0"})
    void convolutionsOfOddChannelsAreLeftToTheCpu(int channels, int count) {
        GraphBuilder graph = new GraphBuilder("convolution");
        Value x = graph.input("x", ElementType.FLOAT32, "1", Integer.toString(channels), "h", "w");
        Value weight = graph.constant(new float[8 * channels * 9], 8, channels, 3, 3);
        Value adapted = graph.add(graph.cast(weight, ElementType.FLOAT32), graph.scalar(0));
        graph.output("y", graph.node("Conv", List.of(x, adapted)), "1", "8", "h", "w");
        assertEquals(count, WebGpuFaults.nodes(graph.build().model(), false).size());
    }

    @ParameterizedTest
    @CsvSource({"1, false, 1", "8, false, 0", "8, true, 1"})
    void attentionIsLeftToTheCpuWhereTheDeviceCantDoIt(int heads, boolean wrong, int count) {
        GraphBuilder graph = new GraphBuilder("attention");
        Value x = graph.input("x", ElementType.FLOAT32, "1", "n", "64");
        Value y = graph.microsoftNode("MultiHeadAttention", List.of(x, x, x), Attribute.integer("num_heads", heads));
        graph.output("y", y, "1", "n", "64");
        assertEquals(
                Collections.nCopies(count, y.name()),
                WebGpuFaults.nodes(graph.build().model(), wrong));
    }

    @Test
    void everyNodeGetsAName() {
        GraphBuilder graph = new GraphBuilder("sum");
        Value x = graph.input("x", ElementType.FLOAT32, "2");
        graph.output("y", graph.add(x, x), "2");
        ModelProto named = WebGpuFaults.named(graph.build().model());
        named.getGraph()
                .getNodeList()
                .forEach(node -> assertFalse(node.getName().isEmpty(), node.getOpType()));
        assertEquals(
                2,
                named.getGraph().getNodeList().stream()
                        .map(node -> node.getName())
                        .distinct()
                        .count());
    }
}
