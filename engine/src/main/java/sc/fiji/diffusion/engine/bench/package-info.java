/**
 * How fast a model is here. {@link sc.fiji.diffusion.engine.bench.Benchmark} makes images as users make them, through
 * {@link sc.fiji.diffusion.engine.pipeline.DiffusionPipeline}, and notes when the pipeline reports its progress; several
 * ways to compute one model take turns step by step, so that other work on the machine weighs on all of them alike.
 * {@link sc.fiji.diffusion.engine.bench.BenchmarkReport} is what it finds, for people and for programs. {@link
 * sc.fiji.diffusion.engine.bench.SyntheticCheckpoint} writes checkpoints of the true sizes with random weights: their
 * pictures are noise, their times and memory are those of the real ones.
 */
package sc.fiji.diffusion.engine.bench;
