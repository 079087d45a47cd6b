package sc.fiji.diffusion.engine.graph;

/**
 * An edge of a graph: the output of a node, an input, or a weight.
 *
 * @param name unique in its graph
 */
public record Value(String name) {}
