/**
 * A small typed builder over the ONNX protobuf classes. A {@link sc.fiji.diffusion.engine.graph.GraphBuilder} is handed
 * from layer to layer and collects nodes; weights enter it as references to bytes in a safetensors file, so that a graph
 * of a four-gigabyte network is a few hundred kilobytes. Nothing here knows what a UNet is, or what runs the graph.
 */
package sc.fiji.diffusion.engine.graph;
