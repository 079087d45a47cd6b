package sc.fiji.diffusion.engine.adapter;

/** Names for models by the length of the text's hidden states that their UNets attend to, which tells families apart. */
final class ModelFamily {

    private ModelFamily() {}

    static String of(int crossAttentionSize) {
        String name =
                switch (crossAttentionSize) {
                    case 768 -> "Stable Diffusion 1.x";
                    case 1024 -> "Stable Diffusion 2.x";
                    case 2048 -> "Stable Diffusion XL";
                    default -> "another model";
                };
        return name + " (" + crossAttentionSize + " numbers a token)";
    }
}
