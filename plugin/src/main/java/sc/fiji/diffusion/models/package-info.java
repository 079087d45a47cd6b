/**
 * Models… : what is done with models, by macros at once ({@link sc.fiji.diffusion.models.ModelActions}) or by people in a
 * window of their own ({@link sc.fiji.diffusion.models.ModelsWindow}) while ImageJ goes on.
 */
package sc.fiji.diffusion.models;
