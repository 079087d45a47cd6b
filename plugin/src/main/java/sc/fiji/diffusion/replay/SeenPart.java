package sc.fiji.diffusion.replay;

import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * What a model saw of a picture.
 *
 * @param picture all of it
 * @param region what was worked on
 */
record SeenPart(RgbImage picture, Region region) {

    static SeenPart whole(RgbImage picture) {
        return new SeenPart(picture, all(picture));
    }

    private static Region all(RgbImage picture) {
        return new Region(0, 0, picture.width(), picture.height());
    }

    /** The region alone. */
    RgbImage image() {
        return isWhole() ? picture : picture.crop(region);
    }

    /** The picture with another region. */
    RgbImage with(RgbImage image) {
        return isWhole() ? image : picture.with(image, region);
    }

    /** Whether a picture of that size lies over it as it is. */
    boolean isAsLargeAs(RgbImage other) {
        return isWhole() && region.equals(all(other));
    }

    private boolean isWhole() {
        return region.equals(all(picture));
    }
}
