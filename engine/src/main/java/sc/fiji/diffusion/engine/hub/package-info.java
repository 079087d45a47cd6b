/**
 * Where models are found: the one that ships inside, those in folders and files of the user's, and what Python has left
 * in the Hugging Face cache.
 */
package sc.fiji.diffusion.engine.hub;
