package sc.fiji.diffusion.engine.download;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weights of one network among the files of its folder: one precision, whole or in shards, never a pickle.
 *
 * @param folder all files that lie in it
 * @param precision as in {@link DownloadOptions}
 */
record WeightChoice(List<HubFile> folder, Optional<String> precision) {

    private static final String FILE = ".safetensors";
    private static final String INDEX = ".safetensors.index.json";
    private static final String SHARD = ".*-\\d{5}-of-\\d{5}(\\.\\w+)?\\.safetensors";
    private static final String PLAIN = "fp32";
    private static final String HALF = "fp16";

    WeightChoice {
        folder = List.copyOf(folder);
    }

    /** The chosen files; none if there are no safetensors. */
    List<HubFile> files() {
        Optional<HubFile> best = folder.stream()
                .filter(file -> isWhole(file.name()))
                .min(Comparator.comparingInt((HubFile file) -> rank(file.name()))
                        .thenComparing(HubFile::path));
        return best.map(file -> file.name().endsWith(INDEX) ? withShards(file) : List.of(file))
                .orElse(List.of());
    }

    /** Whether weights in the precision that was asked for are there. */
    boolean hasPrecision(String wanted) {
        return folder.stream()
                .anyMatch(file -> isWhole(file.name()) && variant(file.name()).equals(wanted));
    }

    private static boolean isWhole(String name) {
        // The engine opens indexes without a variant alone.
        return (name.endsWith(INDEX) && variant(name).equals(PLAIN)) || (name.endsWith(FILE) && !name.matches(SHARD));
    }

    /** What stands between the first dot and the ending; {@code fp32} if nothing does. */
    private static String variant(String name) {
        String stem = name.substring(0, name.length() - (name.endsWith(INDEX) ? INDEX : FILE).length());
        int dot = stem.indexOf('.');
        return dot < 0 ? PLAIN : stem.substring(dot + 1);
    }

    private int rank(String name) {
        String variant = variant(name);
        boolean usualName = name.startsWith("diffusion_pytorch_model.") || name.startsWith("model.");
        int order = Stream.of(precision.orElse(HALF), PLAIN, HALF).toList().indexOf(variant);
        int average = name.contains("non_ema") && !precision.equals(Optional.of(variant)) ? 8 : 0;
        return 32 * (usualName ? 0 : 1) + average + 2 * (order < 0 ? 3 : order) + (name.endsWith(INDEX) ? 1 : 0);
    }

    private List<HubFile> withShards(HubFile index) {
        String stem = index.name().substring(0, index.name().length() - INDEX.length());
        String shard = Pattern.quote(stem) + "-\\d{5}-of-\\d{5}\\.safetensors";
        return Stream.concat(Stream.of(index), folder.stream().filter(file -> file.name()
                        .matches(shard)))
                .toList();
    }
}
