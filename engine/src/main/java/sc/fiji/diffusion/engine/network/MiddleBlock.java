package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/** What stands between a UNet's way down and its way up. */
enum MiddleBlock {
    /** Nothing, in some networks that were made smaller afterwards. */
    NONE,
    /** One residual block. */
    PLAIN,
    /** Two residual blocks and attention to the text between them. */
    ATTENDING;

    private static final String PLAIN_TYPE = "UNetMidBlock2D";
    private static final String ATTENDING_TYPE = "UNetMidBlock2DCrossAttn";

    static MiddleBlock of(ConfigFile file) {
        if (file.isNull("mid_block_type")) {
            return NONE;
        }
        String found = file.text("mid_block_type", ATTENDING_TYPE);
        if (!found.equals(ATTENDING_TYPE) && !found.equals(PLAIN_TYPE)) {
            throw new CheckpointException(file.path() + ": mid_block_type: expected " + ATTENDING_TYPE + " or "
                    + PLAIN_TYPE + ", found " + found + ", which is not supported");
        }
        return found.equals(ATTENDING_TYPE) ? ATTENDING : PLAIN;
    }
}
