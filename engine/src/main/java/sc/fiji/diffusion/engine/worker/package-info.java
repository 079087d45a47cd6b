/**
 * The engine in a process of its own. {@link sc.fiji.diffusion.engine.worker.WorkerEngine} is the client, an engine as
 * any other; {@link sc.fiji.diffusion.engine.worker.Worker} is the program of the process, which it starts with the Java
 * and the jars that itself runs from ({@link sc.fiji.diffusion.engine.worker.WorkerSettings}), feeds and watches.
 *
 * <p>They speak as <a href="https://github.com/apposed/appose">Appose</a> has it: tasks as lines of JSON over the
 * worker's standard input and output, with progress, cancellation and failures; large arrays through shared memory.
 * Appose's service starts the process, sends, listens and notices a crash. Its worker for Groovy is not used: ours
 * answers the same protocol with the operations {@code prepare}, {@code put}, {@code run} and {@code take} in place of
 * scripts, and needs no Groovy. Around Appose 0.9.0, for these reasons:
 *
 * <ul>
 *   <li>Native libraries print on standard output, without a line's end too: an answer begins with a line feed and is
 *       short, and all that can be long (a job, a picture, a failure's sentence) goes through the shared memory.
 *   <li>All that a worker prints besides is kept in the client's memory for ever: a worker that has printed a megabyte
 *       is replaced after its job, one that prints without end is ended, and so is one that prints what breaks Appose's
 *       reader of JSON.
 *   <li>Every attaching of shared memory leaves a handle open, which keeps the memory: so there is one segment for a
 *       worker's life, a window of four megabytes, through which arrays of any size go piece by piece. The client makes
 *       it and frees it; if the client is gone, the worker does.
 *   <li>A task that is sent to a process that has just died is never answered, and waiting can't be cancelled: the
 *       client waits in steps and looks.
 *   <li>Its threads would keep the client's JVM alive: they are started by a daemon, and so are daemons.
 * </ul>
 */
package sc.fiji.diffusion.engine.worker;
