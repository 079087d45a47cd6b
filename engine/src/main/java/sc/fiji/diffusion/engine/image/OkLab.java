package sc.fiji.diffusion.engine.image;

/**
 * The perceptual colour space OKLab of Björn Ottosson (A perceptual color space for image processing, 2020,
 * bottosson.github.io/posts/oklab): lightness from 0 to 1, then green to red and blue to yellow, each around 0. From and
 * to sRGB with the transfer function of IEC 61966-2-1.
 */
final class OkLab {

    private OkLab() {}

    /** Turns three sRGB samples, from 0 to 1, into L, a, b in place. */
    static void fromSrgb(float[] samples, int start) {
        double red = linear(samples[start]);
        double green = linear(samples[start + 1]);
        double blue = linear(samples[start + 2]);
        double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        samples[start] = (float) (0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s);
        samples[start + 1] = (float) (1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s);
        samples[start + 2] = (float) (0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }

    /** Turns L, a, b into sRGB in place; colours that sRGB does not have are clamped to 0…1. */
    static void toSrgb(float[] samples, int start) {
        double lightness = samples[start];
        double a = samples[start + 1];
        double b = samples[start + 2];
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        samples[start] = companded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        samples[start + 1] = companded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        samples[start + 2] = companded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static double linear(double sample) {
        return sample <= 0.04045 ? sample / 12.92 : Math.pow((sample + 0.055) / 1.055, 2.4);
    }

    private static float companded(double light) {
        double sample = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
        return (float) Math.min(1, Math.max(0, sample));
    }
}
