package io.holdpoint.gateway.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdpoint serve}: runs the gateway with a configuration. */
@Command(name = "serve", description = "Runs the gateway.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private final Gateway gateway;
    private final Path directory;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--sign-in-link",
            description = "Prints a one-time sign-in link for the first admin, whoever has a password.")
    private boolean signInLink;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything else
    private CommandSpec spec;

    ServeCommand(Gateway gateway, Path directory) {
        this.gateway = gateway;
        this.directory = directory;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var file = file();
        var data = new DataFolder(dataDirectory(file));
        var configuration = Configurations.reader().readToServe(file, data.path(), gateway.listening());
        if (configuration.usesDataDirectory()) {
            data.refuseUnlessMadeBy(DataFolder.SERVE);
            data.markAsMadeBy(DataFolder.SERVE);
        }
        var out = spec.commandLine().getOut();
        configuration.reloadable().warnings().forEach(warning -> out.println("warning: " + warning));
        gateway.run(configuration, running -> new Announcement(running).print(out, signInLink));
        return 0;
    }

    private Path file() {
        return config.find(directory)
                .orElseThrow(() -> CannotRun.wrongUse(
                        "there is no configuration file " + config.name(),
                        List.of(
                                "  holdpoint demo    shows how it works, without any configuration",
                                "  holdpoint init    writes a first holdpoint.yaml into this directory",
                                "  holdpoint serve --config FILE    uses another file")));
    }

    /** Paths are relative to the configuration's file, the data directory's too. */
    private static Path dataDirectory(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of("")).resolve("data");
    }
}
