package sc.fiji.diffusion.engine.graph;

/** The numbers that a network computes with. Whatever it is, networks take and give float32. */
public enum Precision {
    FLOAT32
}
