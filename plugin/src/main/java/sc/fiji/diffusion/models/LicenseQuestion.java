package sc.fiji.diffusion.models;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import javax.swing.JCheckBox;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import sc.fiji.diffusion.engine.download.DownloadPlan;
import sc.fiji.diffusion.engine.hub.ModelCatalog;

/** Shows a model's licence and what will be fetched, and asks whether the person accepts it. */
final class LicenseQuestion {

    private static final int ROWS = 20;
    private static final int COLUMNS = 72;

    private LicenseQuestion() {}

    /** Waits for the answer; to be called from any thread but the event thread. */
    static boolean ask(Component parent, DownloadPlan plan) {
        boolean[] accepted = new boolean[1];
        try {
            EventQueue.invokeAndWait(() -> accepted[0] = asked(parent, plan));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
        return accepted[0];
    }

    private static boolean asked(Component parent, DownloadPlan plan) {
        JCheckBox accept = new JCheckBox("I accept this licence");
        JOptionPane pane =
                new JOptionPane(panel(plan, accept), JOptionPane.PLAIN_MESSAGE, JOptionPane.OK_CANCEL_OPTION);
        JDialog dialog = pane.createDialog(parent, "Licence of " + plan.name());
        dialog.setResizable(true);
        dialog.setVisible(true);
        dialog.dispose();
        return Integer.valueOf(JOptionPane.OK_OPTION).equals(pane.getValue()) && accept.isSelected();
    }

    private static String memory(DownloadPlan plan) {
        return ModelCatalog.of(plan.name())
                .filter(entry -> entry.memory() > 0)
                .map(entry -> String.format(Locale.ROOT, "; wants %.1f GB of memory", entry.memory() / 1e9))
                .orElse("");
    }

    private static JPanel panel(DownloadPlan plan, JCheckBox accept) {
        String text = plan.license().sentence() + "\n\n"
                + plan.license().text().orElse("Its text is not in the repository: read it at the address above.");
        JTextArea area = new JTextArea(text.strip(), ROWS, COLUMNS);
        area.setEditable(false);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setCaretPosition(0);
        JPanel panel = new JPanel(new BorderLayout(0, 8));
        panel.add(
                new JLabel(String.format(
                        Locale.ROOT,
                        "%s: %d files, %.1f MB to fetch%s",
                        plan.name(),
                        plan.missing().size(),
                        plan.missingBytes() / 1e6,
                        memory(plan))),
                BorderLayout.NORTH);
        panel.add(new JScrollPane(area), BorderLayout.CENTER);
        panel.add(accept, BorderLayout.SOUTH);
        return panel;
    }
}
