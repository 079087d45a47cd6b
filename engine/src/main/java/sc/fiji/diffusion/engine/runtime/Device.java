package sc.fiji.diffusion.engine.runtime;

/** What networks are computed on. */
public enum Device {
    CPU
}
