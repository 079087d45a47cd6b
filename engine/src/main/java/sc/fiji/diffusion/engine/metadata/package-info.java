/**
 * What picture files say of how they were made, in everybody's words.
 * {@link sc.fiji.diffusion.engine.metadata.PictureMetadata} writes into PNG files what
 * {@link sc.fiji.diffusion.engine.provenance.History} knows: as JSON for ourselves, as AUTOMATIC1111's webui writes it for
 * other tools, and as XMP with IPTC's digital source type for everyone who asks whether a picture was made by a machine. It
 * reads all of that back, and what InvokeAI and ComfyUI write.
 * {@link sc.fiji.diffusion.engine.metadata.StackMetadata} reads what ImageJ keeps of a stack's slices in TIFF files, too.
 * Files are strangers': nothing in them is believed.
 */
package sc.fiji.diffusion.engine.metadata;
