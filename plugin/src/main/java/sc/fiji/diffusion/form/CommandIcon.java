package sc.fiji.diffusion.form;

import java.awt.Image;
import java.awt.Toolkit;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A command's icon in the sizes that window systems ask for. */
public final class CommandIcon {

    private CommandIcon() {}

    /** Those of {@code icons/text-to-image-*.png} for Text to Image, and so on. */
    public static List<Image> images(Form form) {
        return images(form.name());
    }

    /** @param name as files have it, such as {@code text-to-image} */
    public static List<Image> images(String name) {
        return Stream.of(16, 32, 64)
                .map(size -> CommandIcon.class.getResource("/icons/" + name + "-" + size + ".png"))
                .filter(Objects::nonNull)
                .map((URL url) -> Toolkit.getDefaultToolkit().getImage(url))
                .toList();
    }
}
