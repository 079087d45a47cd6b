/**
 * The invisible mark that says, from the pixels alone, that a picture was generated.
 *
 * <p>The scheme is JAWS: T. Kalker, G. Depovere, J. Haitsma, M. Maes, "A Video Watermarking System for Broadcast
 * Monitoring", Proc. SPIE 3657 (1999), 103–112. A tile of noise ({@link
 * sc.fiji.diffusion.engine.watermark.WatermarkPattern}) is repeated over the picture and added to it, more where the
 * picture is busy ({@link sc.fiji.diffusion.engine.watermark.Watermark}). To find it, the picture is folded into one
 * tile and correlated with the noise by phase alone, for all shifts at once ({@link
 * sc.fiji.diffusion.engine.watermark.WatermarkDetector}): so it is found in a part of the picture too, and whatever the
 * contrast. Ours differs in three ways. The noise is confined to the frequencies that JPEG and halving the size leave;
 * it carries no number, only that it is there; and a threshold follows from a bound that holds for every picture, not
 * from a model of pictures ({@link sc.fiji.diffusion.engine.watermark.WatermarkDetection}).
 *
 * <p>The mark is a pure function of the pixels: the same picture is marked in the same way, to the bit. It was chosen by
 * measuring: what other tools embed, quantized values of a wavelet's low band ({@code dwtDct} of the Python package
 * invisible-watermark), needs 256 pixels a side and is gone after JPEG of quality 95, any change of size and any crop, so
 * it is not laid, but found in the pictures of others ({@link sc.fiji.diffusion.engine.watermark.OtherWatermark}).
 */
package sc.fiji.diffusion.engine.watermark;
