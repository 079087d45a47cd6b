package sc.fiji.diffusion.engine.hostile;

class TokenizerFuzzTest extends ReaderFuzzing {

    TokenizerFuzzTest() {
        super(
                ModelInput.vocabulary(),
                ModelInput.merges(),
                ModelInput.specials(),
                ModelInput.settings(),
                PromptInput.ofTheEmbeddedModel());
    }
}
