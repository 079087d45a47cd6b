/**
 * The invisible mark, as users of ImageJ meet it: {@link sc.fiji.diffusion.watermark.ChosenWatermark} is whether new
 * images carry it, {@link sc.fiji.diffusion.watermark.WatermarkTable} what was found in an open one. The mark itself is
 * the engine's.
 */
package sc.fiji.diffusion.watermark;
