/** Where models are found: the one that ships inside, and those in folders of the user's. */
package sc.fiji.diffusion.engine.hub;
