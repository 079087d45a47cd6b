/**
 * What was made before. A {@link sc.fiji.diffusion.history.HistoryStore} keeps the values of the last commands and small
 * pictures of what came of them in a folder, bounded in number and size; a
 * {@link sc.fiji.diffusion.history.HistoryWindow} shows them and gives the values back to the commands' dialogs.
 */
package sc.fiji.diffusion.history;
