package sc.fiji.diffusion.selection;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.RequestException;

/** The selections in ImageJ's ROI Manager. */
final class ManagedRois {

    private ManagedRois() {}

    /** None if the manager is not open; it is not opened for that. */
    static List<Roi> inManager() {
        RoiManager manager = RoiManager.getInstance2();
        return manager == null ? List.of() : List.of(manager.getRoisAsArray());
    }

    /** One mask for each. */
    static List<PlacedMask> each(List<Roi> rois, ImagePlus image) {
        if (rois.isEmpty()) {
            throw new RequestException(
                    "ROI Manager: expected at least one selection, found none; add some (Edit > Selection > Add to Manager)");
        }
        List<PlacedMask> masks = new ArrayList<>();
        for (int i = 0; i < rois.size(); i++) {
            Roi roi = rois.get(i);
            String name = roi.getName() == null ? "ROI " + (i + 1) : roi.getName();
            MaskPosition position = MaskPosition.of(roi).requireIn(image, name);
            masks.add(new PlacedMask(SelectionMask.of(name, roi, image.getWidth(), image.getHeight()), position, name));
        }
        return List.copyOf(masks);
    }

    /** One mask for each position, in the order in which positions first come up. */
    static List<PlacedMask> together(List<Roi> rois, ImagePlus image) {
        Map<MaskPosition, List<PlacedMask>> byPosition = each(rois, image).stream()
                .collect(Collectors.groupingBy(PlacedMask::position, LinkedHashMap::new, Collectors.toList()));
        return byPosition.entrySet().stream()
                .map(masks -> new PlacedMask(PlacedMask.union(masks.getValue()), masks.getKey(), "ROI Manager"))
                .toList();
    }
}
