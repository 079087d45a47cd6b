package sc.fiji.diffusion.history;

import java.awt.Component;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.swing.BorderFactory;
import javax.swing.DefaultListCellRenderer;
import javax.swing.ImageIcon;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.ListCellRenderer;

/** An entry as a small picture, with the prompt, the command and the values that matter beside it. */
final class HistoryRow implements ListCellRenderer<HistoryStore.Kept> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withZone(ZoneId.systemDefault());

    private static final List<String> SHOWN =
            List.of("seed", "seeds", "variationseed", "strength", "steps", "guidance", "scheduler", "width", "height");
    private static final int TEXT_WIDTH = 440;
    private static final int LONGEST_PROMPT = 220;
    private static final int LARGEST_SIDE = 4 * History.THUMBNAIL;

    private final DefaultListCellRenderer label = new DefaultListCellRenderer();
    private final Map<Path, ImageIcon> icons = new HashMap<>();

    @Override
    public Component getListCellRendererComponent(
            JList<? extends HistoryStore.Kept> list,
            HistoryStore.Kept kept,
            int index,
            boolean selected,
            boolean focused) {
        JLabel row = (JLabel) label.getListCellRendererComponent(list, html(kept.entry()), index, selected, focused);
        row.setIcon(icons.computeIfAbsent(kept.thumbnail(), HistoryRow::icon));
        row.setIconTextGap(12);
        row.setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
        return row;
    }

    /** All pictures take the same room; one that can't be read leaves it empty. */
    private static ImageIcon icon(Path file) {
        BufferedImage room = new BufferedImage(History.THUMBNAIL, History.THUMBNAIL, BufferedImage.TYPE_INT_ARGB);
        try {
            BufferedImage picture = Files.exists(file) ? ImageIO.read(file.toFile()) : null;
            if (picture != null && Math.max(picture.getWidth(), picture.getHeight()) <= LARGEST_SIDE) {
                int x = (room.getWidth() - picture.getWidth()) / 2;
                int y = (room.getHeight() - picture.getHeight()) / 2;
                room.getGraphics().drawImage(picture, x, y, null);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            return new ImageIcon(room);
        }
        return new ImageIcon(room);
    }

    static String html(HistoryEntry entry) {
        String prompt = entry.value("prompt");
        String shortened = prompt.length() <= LONGEST_PROMPT ? prompt : prompt.substring(0, LONGEST_PROMPT) + "…";
        String values = SHOWN.stream()
                .filter(entry.values()::containsKey)
                .map(key -> key + "=" + entry.value(key))
                .collect(Collectors.joining(" "));
        return "<html><div width=\"" + TEXT_WIDTH + "\"><b>" + escaped(shortened) + "</b><br>"
                + escaped(entry.command().replaceFirst("\\.+$", "")) + ", " + TIME.format(entry.created()) + "<br>"
                + escaped("model=" + modelName(entry.value("model")) + " " + values) + "</div></html>";
    }

    /** Without the folders that it lies in. */
    private static String modelName(String model) {
        return model.strip().replaceFirst("^.*[/\\\\](?=[^/\\\\])", "");
    }

    /** A prompt is no HTML. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
