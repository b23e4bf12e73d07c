package dev.bandolier.loadtest.api;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;

/// The experiments of a server, in blocking calls for commands that have nothing to do meanwhile.
public final class Experiments {

    private static final String PATH = "/v1/experiments";

    private final Api api;

    /// The experiments behind this API.
    public Experiments(Api api) {
        this.api = api;
    }

    /// The running experiment of this key: as it stands, started if it is a draft, created first if there is none.
    ///
    /// @param definition what to create, asked for only if there is no such experiment
    /// @throws CommandFailure if it cannot be made to run
    public ExperimentView running(String key, Supplier<JsonObject> definition) {
        ExperimentView experiment = find(key).orElseGet(() -> create(definition.get()));
        return switch (experiment.state()) {
            case "running" -> experiment;
            case "draft" -> start(key);
            default ->
                throw new CommandFailure("experiment '" + key + "' is " + experiment.state()
                        + "; resume it, or name another with --experiment");
        };
    }

    /// The experiment of this key, if there is one.
    public Optional<ExperimentView> find(String key) {
        Answer answer = api.await(api.get(PATH + "/" + key));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(ExperimentView.of(expect(200, answer, "read experiment '" + key + "'")));
    }

    /// Ends and deletes the experiment of this key, if there is one.
    ///
    /// @throws CommandFailure if it cannot be deleted
    public void remove(String key) {
        Optional<ExperimentView> found = find(key);
        if (found.isEmpty()) {
            return;
        }
        if (found.get().state().equals("running") || found.get().state().equals("paused")) {
            Answer ended = api.await(api.post(PATH + "/" + key + "/end", new JsonObject().toBuffer()));
            expect(200, ended, "end experiment '" + key + "'");
        }
        Answer deleted = api.await(api.delete(PATH + "/" + key));
        if (deleted.status() != 204) {
            throw new CommandFailure("could not delete experiment '" + key + "': " + deleted.problem());
        }
    }

    private ExperimentView create(JsonObject definition) {
        Answer answer = api.await(api.post(PATH, definition.toBuffer()));
        return ExperimentView.of(expect(201, answer, "create experiment '" + definition.getString("key") + "'"));
    }

    private ExperimentView start(String key) {
        Answer answer = api.await(api.post(PATH + "/" + key + "/start", new JsonObject().toBuffer()));
        return ExperimentView.of(expect(200, answer, "start experiment '" + key + "'"));
    }

    private static JsonObject expect(int status, Answer answer, String what) {
        if (answer.status() != status) {
            throw new CommandFailure("could not " + what + ": " + answer.problem());
        }
        return answer.json();
    }
}
