package sc.fiji.diffusion.preview;

import java.awt.Canvas;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Shows a picture as large as there is room for it. On the event thread alone. */
final class PreviewCanvas extends Canvas {

    private static final long serialVersionUID = 1L;

    private static final int SIDE = 256;

    /** Null until there is one. */
    private transient BufferedImage picture;

    PreviewCanvas() {
        setPreferredSize(new Dimension(SIDE, SIDE));
        setBackground(Color.DARK_GRAY);
    }

    void show(RgbImage newPicture) {
        int width = newPicture.width();
        int height = newPicture.height();
        if (picture == null || picture.getWidth() != width || picture.getHeight() != height) {
            picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        }
        picture.setRGB(0, 0, width, height, newPicture.packed(), 0, width);
        repaint();
    }

    /** Without wiping it before, which would flicker. */
    @Override
    public void update(Graphics graphics) {
        paint(graphics);
    }

    @Override
    public void paint(Graphics graphics) {
        if (picture == null) {
            return;
        }
        double scale = Math.min((double) getWidth() / picture.getWidth(), (double) getHeight() / picture.getHeight());
        int width = (int) Math.round(scale * picture.getWidth());
        int height = (int) Math.round(scale * picture.getHeight());
        int left = (getWidth() - width) / 2;
        int top = (getHeight() - height) / 2;
        ((Graphics2D) graphics)
                .setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, left, top, width, height, null);
        if (left > 0) {
            graphics.clearRect(0, 0, left, getHeight());
            graphics.clearRect(left + width, 0, getWidth() - left - width, getHeight());
        } else {
            graphics.clearRect(0, 0, getWidth(), top);
            graphics.clearRect(0, top + height, getWidth(), getHeight() - top - height);
        }
    }
}
