package sc.fiji.diffusion.engine.blend;

import java.util.List;
import sc.fiji.diffusion.engine.pipeline.BlendedImage;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Provenance;

/** A request for images between others. Immutable and checked when made. */
public sealed interface BlendRequest permits InterpolationRequest, VariationRequest {

    /** What all images have in common; of its batch size are the images. */
    TextToImageRequest settings();

    /** Where each image lies, in their order. */
    List<BlendedImage> images();

    /** What is done, so that it can be made again. */
    Provenance.Task task();
}
