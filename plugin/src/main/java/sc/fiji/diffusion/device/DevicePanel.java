package sc.fiji.diffusion.device;

import java.awt.BorderLayout;
import java.awt.Button;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Panel;
import java.awt.TextArea;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.device.Devices;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * What the machine has: a paragraph a device, with its speed once it was measured, or with why it can't be used; and
 * below them a button that measures.
 */
public final class DevicePanel extends Panel {

    private static final long serialVersionUID = 1L;

    private static final int ROWS = 9;
    private static final int COLUMNS = 62;
    private static final String TEST = "Test speed";

    private final transient Devices devices;
    private final TextArea text = new TextArea("", ROWS, COLUMNS, TextArea.SCROLLBARS_VERTICAL_ONLY);
    private final Button button = new Button(TEST);

    public DevicePanel(Devices devices) {
        super(new BorderLayout(0, 5));
        this.devices = devices;
        text.setEditable(false);
        text.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        text.setText(text(devices));
        button.addActionListener(event -> {
            button.setEnabled(false);
            Thread thread = new Thread(this::test, "Diffusion device test");
            thread.setDaemon(true);
            thread.start();
        });
        Panel row = new Panel(new FlowLayout(FlowLayout.LEFT, 0, 0));
        row.add(button);
        add(text, BorderLayout.CENTER);
        add(row, BorderLayout.SOUTH);
    }

    /** Takes seconds for each device, so not on the event thread. */
    private void test() {
        devices.forget();
        try {
            for (Device device : devices.known()) {
                show("Testing " + device + "...");
                devices.state(device);
            }
        } catch (DiffusionException e) {
            show(e.getMessage());
            return;
        }
        show(TEST);
    }

    private void show(String label) {
        String now = text(devices);
        EventQueue.invokeLater(() -> {
            text.setText(now);
            button.setLabel(label);
            button.setEnabled(label.equals(TEST));
            button.getParent().validate();
        });
    }

    static String text(Devices devices) {
        List<Device> known = devices.known();
        StringBuilder lines = new StringBuilder();
        for (Device device : known) {
            lines.append(device.label())
                    .append(devices.name(device).map(name -> " (" + name + ")").orElse(""))
                    .append(": ")
                    .append(state(devices, device))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String state(Devices devices, Device device) {
        Optional<String> obstacle = devices.obstacle(device);
        if (obstacle.isPresent()) {
            return withoutName(obstacle.get(), device);
        }
        return devices.tried(device)
                .map(state -> withoutName(state.text(), device))
                .orElse("may be used, not tested yet");
    }

    /** The line begins with it already. */
    private static String withoutName(String sentence, Device device) {
        String name = device + ": ";
        return sentence.startsWith(name) ? "no: " + sentence.substring(name.length()) : sentence;
    }
}
