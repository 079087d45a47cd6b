package sc.fiji.diffusion.command;

/**
 * What images a model makes.
 *
 * @param nativeSize width and height in pixels that it was trained for
 * @param factor what must divide width and height
 * @param guidanceScale that suits it
 */
record ModelTraits(int nativeSize, int factor, double guidanceScale) {}
