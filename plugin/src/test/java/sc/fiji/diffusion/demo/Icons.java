package sc.fiji.diffusion.demo;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Draws the commands' icons, {@code name-16.png} and so on, out of {@code name.svg} beside them.
 *
 * <p>Argument: the folder of the icons.
 */
final class Icons {

    /** 26 pixels fit into a button of ImageJ's toolbar; the others are for windows. */
    static final List<Integer> SIZES = List.of(16, 26, 32, 64);

    private Icons() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (Path svg : svgFiles(folder)) {
            for (int size : SIZES) {
                ImageIO.write(draw(svg, size), "png", png(svg, size).toFile());
            }
        }
    }

    static List<Path> svgFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".svg"))
                    .sorted()
                    .toList();
        }
    }

    static Path png(Path svg, int size) {
        String name = svg.getFileName().toString().replace(".svg", "");
        return svg.resolveSibling(name + "-" + size + ".png");
    }

    static BufferedImage draw(Path svg, int size) throws IOException {
        SVGDocument document = new SVGLoader().load(svg.toUri().toURL());
        if (document == null) {
            throw new IOException(svg + ": expected a picture in SVG, found none");
        }
        BufferedImage icon = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = icon.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        document.render(null, graphics, new ViewBox(size, size));
        graphics.dispose();
        return icon;
    }
}
