package sc.fiji.diffusion.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A published model whose configurations are known, so that weights of its shapes can be made up. */
public enum SyntheticModel {
    /** Stable Diffusion 1.5, 512 × 512. */
    SD15(false),
    /** Stable Diffusion 2.1, 768 × 768. */
    SD21(false),
    /** Stable Diffusion XL, 1024 × 1024. */
    SDXL(true),
    /** Like 1.5 and as small as can be, 64 × 64: for trying out. */
    TINY(false);

    private final boolean hasSecondTextEncoder;

    SyntheticModel(boolean hasSecondTextEncoder) {
        this.hasSecondTextEncoder = hasSecondTextEncoder;
    }

    /** As it is called on the command line, such as {@code sd15}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<SyntheticNetwork> networks() {
        List<SyntheticNetwork> networks = new ArrayList<>(List.of(SyntheticNetwork.TEXT_ENCODER));
        if (hasSecondTextEncoder) {
            networks.add(SyntheticNetwork.TEXT_ENCODER_2);
        }
        networks.add(SyntheticNetwork.UNET);
        networks.add(SyntheticNetwork.VAE);
        return networks;
    }
}
