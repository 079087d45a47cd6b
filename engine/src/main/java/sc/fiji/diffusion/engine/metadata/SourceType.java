package sc.fiji.diffusion.engine.metadata;

import sc.fiji.diffusion.engine.provenance.History;

/** IPTC's words for how a picture came to be, of those that mean a generative model. */
public enum SourceType {
    /** All of it was made by a trained model. */
    TRAINED_ALGORITHMIC_MEDIA("trainedAlgorithmicMedia"),
    /** A part of it was. */
    COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA("compositeWithTrainedAlgorithmicMedia");

    private static final String VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    private final String word;

    SourceType(String word) {
        this.word = word;
    }

    /** Its address in IPTC's vocabulary, as metadata has it. */
    public String uri() {
        return VOCABULARY + word;
    }

    /** That of a picture in which something was generated. */
    static SourceType of(History history) {
        return history.keepsMeasured() ? COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA : TRAINED_ALGORITHMIC_MEDIA;
    }
}
