package sc.fiji.diffusion.engine.worker;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apposed.appose.Service.RequestType;

/**
 * The program of the engine's own process: a worker as Appose defines them, which reads requests from its standard
 * input and answers on its standard output, a line of JSON each. It ends when its input ends, in the midst of a job
 * too: then nobody is left who waits for it.
 */
public final class Worker {

    private final Replies replies = new Replies();
    private final Map<String, WorkerTask> tasks = new ConcurrentHashMap<>();
    private final WorkerJobs jobs = new WorkerJobs();

    private final ExecutorService engineThread = Executors.newSingleThreadExecutor(work -> new Thread(work, "Engine"));

    private Worker() {}

    /** Takes no arguments; is started by {@link WorkerEngine}. */
    public static void main(String[] arguments) throws IOException {
        // Whatever is printed here is no answer.
        System.setOut(System.err);
        Worker worker = new Worker();
        // The end of the input tells the same, but where another process has inherited the pipe.
        ProcessHandle.current().parent().ifPresent(worker::endWith);
        worker.engineThread.execute(worker.jobs::warmUp);
        try {
            worker.serve();
        } finally {
            worker.end();
        }
    }

    private void endWith(ProcessHandle parent) {
        Thread thread = new Thread(
                () -> {
                    parent.onExit().join();
                    end();
                },
                "Parent");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            handle(JsonParser.parseString(line).getAsJsonObject());
        }
    }

    private void handle(JsonObject request) {
        String id = request.get("task").getAsString();
        switch (RequestType.valueOf(request.get("requestType").getAsString())) {
            case EXECUTE -> {
                Operation operation = Operation.of(request.get("script").getAsString());
                WorkerTask task = new WorkerTask(id, operation, request.getAsJsonObject("inputs"), replies);
                tasks.put(id, task);
                engineThread.execute(() -> run(id, task));
            }
            case CANCEL -> {
                WorkerTask task = tasks.get(id);
                if (task != null) {
                    task.cancel();
                }
            }
        }
    }

    private void run(String id, WorkerTask task) {
        try {
            task.launched();
            jobs.run(task);
        } finally {
            tasks.remove(id);
        }
    }

    /** At once: whatever is under way can't be handed to anybody. */
    private void end() {
        jobs.freeWindow();
        Runtime.getRuntime().halt(0);
    }
}
