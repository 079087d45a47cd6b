package sc.fiji.diffusion.engine.download;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.HubName;

/**
 * Chooses the files of a repository that the engine needs: of a whole model the configurations, the tokenizers, the
 * scheduler's configuration and the weights in one precision; of a ControlNet or a VAE its configuration and weights; of
 * a repository with a single file, that. Never pickles, nor what the engine does not open (Flax, OpenVINO, the safety
 * checker).
 */
final class FileSelection {

    private static final String INDEX = "model_index.json";
    private static final String CONFIG = "config.json";
    private static final List<String> NETWORKS = List.of("text_encoder/", "text_encoder_2/", "unet/", "vae/");
    private static final List<String> EXPORTED =
            List.of("text_encoder/", "text_encoder_2/", "unet/", "vae_decoder/", "vae_encoder/");
    private static final Set<String> SMALL_FOLDERS = Set.of("tokenizer/", "tokenizer_2/", "scheduler/");
    private static final long LARGEST_SMALL = 16 << 20;
    private static final int MOST_NAMED = 6;

    private final HubName name;
    private final List<HubFile> all;
    private final DownloadOptions options;

    private FileSelection(HubName name, List<HubFile> all, DownloadOptions options) {
        this.name = name;
        this.all = all;
        this.options = options;
    }

    /**
     * @param all files of the repository
     * @throws RequestException if it holds nothing that the engine opens, or a file must be named
     */
    static List<HubFile> of(HubName name, List<HubFile> all, DownloadOptions options) {
        FileSelection selection = new FileSelection(name, all, options);
        Set<HubFile> files = new LinkedHashSet<>(selection.model());
        selection
                .top(file -> file.name().matches("(?i)(README\\.md|LICEN[CS]E.*)") && file.size() <= LARGEST_SMALL)
                .forEach(files::add);
        return List.copyOf(files);
    }

    private Collection<HubFile> model() {
        List<String> named = new ArrayList<>(options.files());
        name.file().ifPresent(named::add);
        if (!named.isEmpty()) {
            return named.stream().map(this::named).toList();
        }
        if (!top(file -> file.name().equals(INDEX)).isEmpty()) {
            return pipeline();
        }
        List<HubFile> weights = new WeightChoice(top(file -> true), options.precision()).files();
        List<HubFile> config = top(file -> file.name().equals(CONFIG));
        if (!config.isEmpty() && !weights.isEmpty()) {
            return joined(config, weights);
        }
        return singleFile();
    }

    private HubFile named(String path) {
        HubFile file = all.stream()
                .filter(candidate -> candidate.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new RequestException("file: expected one of " + name.repository() + ", found " + path
                        + "; there are " + names(all)));
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".safetensors") || lower.matches(".*\\.(json|txt|md)")) {
            return file;
        }
        throw isPickle(file)
                ? pickles()
                : new RequestException("file: expected *.safetensors, *.json or *.txt, found " + path);
    }

    private Collection<HubFile> pipeline() {
        boolean exported = in("unet/").stream().anyMatch(file -> file.name().equals("model.onnx"))
                && new WeightChoice(in("unet/"), options.precision()).files().isEmpty();
        List<HubFile> files = new ArrayList<>();
        for (String folder : exported ? EXPORTED : NETWORKS) {
            List<HubFile> there = in(folder);
            if (!there.isEmpty()) {
                files.addAll(there.stream()
                        .filter(file -> file.name().equals(CONFIG))
                        .toList());
                files.addAll(exported ? graph(there) : weights(folder, there));
            }
        }
        requirePrecision();
        SMALL_FOLDERS.stream().sorted().forEach(folder -> in(folder).stream()
                .filter(file -> file.name().matches(".*\\.(json|txt)") && file.size() <= LARGEST_SMALL)
                .forEach(files::add));
        files.addAll(top(file -> file.name().equals(INDEX)));
        if (in("unet/").isEmpty()) {
            throw new RequestException(
                    "model: expected Stable Diffusion 1.x, 2.x or XL, which have a folder unet, found "
                            + name.repository() + " without one");
        }
        return files;
    }

    private List<HubFile> weights(String folder, List<HubFile> there) {
        List<HubFile> weights = new WeightChoice(there, options.precision()).files();
        if (weights.isEmpty()) {
            throw there.stream().anyMatch(FileSelection::isPickle)
                    ? pickles()
                    : new RequestException("model: expected weights as *.safetensors in " + name.repository() + "/"
                            + folder + ", found none");
        }
        return weights;
    }

    private static List<HubFile> graph(List<HubFile> there) {
        return there.stream()
                .filter(file -> file.name().matches("model\\.onnx.*|weights\\.pb|.*\\.onnx[._]data"))
                .toList();
    }

    /** Not every network has every precision, but one of them must. */
    private void requirePrecision() {
        String wanted = options.precision().orElse("fp32");
        boolean somewhere = options.precision().isEmpty()
                || NETWORKS.stream()
                        .anyMatch(folder -> new WeightChoice(in(folder), options.precision()).hasPrecision(wanted));
        if (!somewhere) {
            throw new RequestException("precision: expected one that " + name.repository() + " has, found " + wanted);
        }
    }

    private List<HubFile> singleFile() {
        List<HubFile> files = all.stream()
                .filter(file -> file.name().endsWith(".safetensors"))
                .toList();
        if (files.size() == 1) {
            return files;
        }
        if (files.isEmpty()) {
            throw all.stream().anyMatch(FileSelection::isPickle)
                    ? pickles()
                    : new RequestException("model: expected *.safetensors in " + name.repository() + ", found none");
        }
        throw new RequestException("file: expected the name of one of the " + files.size() + " files of "
                + name.repository() + ", found none; there are " + names(files));
    }

    private RequestException pickles() {
        return new RequestException("model: expected weights as *.safetensors, found only pickles in "
                + name.repository() + ", which are refused because opening one can run code that somebody hid in it");
    }

    private static boolean isPickle(HubFile file) {
        return file.name().matches("(?i).*\\.(bin|ckpt|pt|pth|pkl)");
    }

    private List<HubFile> in(String folder) {
        return all.stream().filter(file -> file.folder().equals(folder)).toList();
    }

    private List<HubFile> top(Predicate<HubFile> wanted) {
        return in("").stream().filter(wanted).toList();
    }

    private static List<HubFile> joined(List<HubFile> first, List<HubFile> second) {
        List<HubFile> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static String names(List<HubFile> files) {
        List<String> paths = files.stream().map(HubFile::path).limit(MOST_NAMED).toList();
        String more = files.size() > MOST_NAMED ? " and " + (files.size() - MOST_NAMED) + " more" : "";
        return String.join(", ", paths) + more;
    }
}
