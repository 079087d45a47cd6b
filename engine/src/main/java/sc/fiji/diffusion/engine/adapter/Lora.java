package sc.fiji.diffusion.engine.adapter;

import sc.fiji.diffusion.engine.RequestException;

/**
 * A LoRA and how strongly it is used: its changes of weights are multiplied by that. Negative strengths turn it round.
 *
 * @param file what it is
 * @param unetStrength in the UNet, -100 to 100; 0 leaves the network as it is, to the bit
 * @param textEncoderStrength in the text encoders, likewise
 */
public record Lora(LoraFile file, double unetStrength, double textEncoderStrength) {

    private static final double LARGEST = 100;

    public Lora {
        requireStrength(file.name(), unetStrength);
        requireStrength(file.name(), textEncoderStrength);
    }

    /** With the same strength in all networks. */
    public static Lora of(LoraFile file, double strength) {
        return new Lora(file, strength, strength);
    }

    double strength(AdaptedNetwork network) {
        return network == AdaptedNetwork.UNET ? unetStrength : textEncoderStrength;
    }

    private static void requireStrength(String name, double strength) {
        // NaN too
        if (!(Math.abs(strength) <= LARGEST)) {
            throw new RequestException("LoRA " + name + ": expected a strength from -100 to 100, found " + strength);
        }
    }
}
