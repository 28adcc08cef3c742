package io.holdpoint.gateway.configuration;

import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.document.DocumentReader;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import io.holdpoint.gateway.document.FaultyDocument;
import io.holdpoint.gateway.document.Fields;
import io.holdpoint.gateway.document.Node;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.listener.AgentSettings;
import io.holdpoint.workflow.Sha256;
import io.holdpoint.workflow.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads {@code holdpoint.yaml} as a whole (spec 09, Configuration). Everything wrong in it, and in the policies it
 * names, is found at once; nothing is written to disk unless all is right. Safe for any thread.
 */
public final class ConfigurationReader {

    private final Function<String, Optional<String>> environment;
    private final Set<String> flows;

    /**
     * @param environment a variable's value by its name, for {@code ${NAME}}
     * @param flows the process ids of all flows
     */
    public ConfigurationReader(Function<String, Optional<String>> environment, Set<String> flows) {
        this.environment = environment;
        this.flows = Set.copyOf(flows);
    }

    /**
     * Reads and checks a configuration, and makes the data directory and key if it needs them.
     *
     * @param file its name; paths in it are relative to the directory it stands in
     * @param dataDirectory where state on disk lives: database and key, if it says nothing else
     * @throws FaultyDocument with everything that is wrong; a message never shows a secret
     */
    public Configuration read(Path file, Path dataDirectory) {
        return readToServe(file, dataDirectory, Listening.anywhere());
    }

    /**
     * The same, for a gateway that is to start: addresses and ports that cannot be listened at are faults too.
     *
     * @param listening where it is to start
     * @throws FaultyDocument with everything that is wrong; a message never shows a secret
     */
    public Configuration readToServe(Path file, Path dataDirectory, Listening listening) {
        return reading(file, reading -> {
            var checked = check(file, dataDirectory, reading, listening);
            return configuration(new Origin(this, file, dataDirectory), checked);
        });
    }

    /**
     * Reads and checks a configuration again while another reading of it is served. Writes nothing to disk and does not
     * ask whether the ports are free.
     *
     * @param files filled with every file that was looked at
     * @throws FaultyDocument with everything that is wrong; a message never shows a secret
     */
    Again readAgain(Path file, Path dataDirectory, Set<Path> files) {
        files.add(file);
        return reading(file, reading -> {
            try {
                var checked = check(file, dataDirectory, reading, Listening.anywhere());
                return new Again(
                        checked.reloadable(), checked.fixed(checked.storage().key()));
            } finally {
                files.addAll(reading.files());
            }
        });
    }

    /** What a configuration says when it is read again. */
    record Again(Reloadable reloadable, Fixed fixed) {}

    /**
     * Reads and checks the configuration of an installation that is there already, for a command that looks into its
     * database. Does not ask whether the ports are free.
     *
     * @return empty if its database would have to be made first; nothing is
     * @throws FaultyDocument with everything that is wrong; a message never shows a secret
     */
    public Optional<Configuration> readStored(Path file, Path dataDirectory) {
        return reading(file, reading -> {
            var checked = check(file, dataDirectory, reading, Listening.anywhere());
            return checked.storage().isThere()
                    ? Optional.of(configuration(new Origin(this, file, dataDirectory), checked))
                    : Optional.<Configuration>empty();
        });
    }

    /**
     * Reads what policies have to do with: servers, grants, people and defaults. For a command that looks at policies,
     * perhaps where the installation's secrets are not at hand: a variable that is not set is no fault, and neither is
     * what is wrong with a policy, which is told apart.
     *
     * @throws FaultyDocument if the configuration itself is faulty there
     */
    public PolicyGround readGround(Path file) {
        return new PolicyGroundReader(environment, flows, file).read();
    }

    /**
     * Reads where the console is and nothing else, for a command that asks it: what is wrong elsewhere in the file, and
     * variables that are not set here, do not stand in its way.
     *
     * @throws FaultyDocument if the file cannot be read, or what it says of the console is faulty
     */
    public ConsoleAddress readConsole(Path file) {
        return new ConsoleAddressReader(environment, file).read();
    }

    private <T> T reading(Path file, Function<Reading, T> read) {
        var faults = new Faults();
        var placeholders = new Placeholders(environment, faults);
        try {
            return read.apply(new Reading(faults, placeholders));
        } catch (FaultyDocument e) {
            throw new FaultyDocument(inOrder(file.toString(), placeholders, e.faults()));
        }
    }

    /** All that a configuration says, found right, with nothing done yet. */
    private record Checked(
            AgentSettings agents,
            ConsoleSettings console,
            Reloadable reloadable,
            ApprovalsReader.Approvals approvals,
            SpringKeys spring,
            Storage storage) {

        Fixed fixed(Optional<byte[]> dataKey) {
            return new Fixed(
                    agents,
                    console,
                    approvals.holds(),
                    approvals.retainArguments(),
                    spring.values(),
                    dataKey.map(Sha256::hex));
        }
    }

    private Checked check(Path file, Path dataDirectory, Reading reading, Listening listening) {
        var root = reading.placeholders().resolve(DocumentReader.read(file.toString(), bytes(file)));
        if (!(root instanceof Node.Obj object)) {
            throw fatal(file, "is empty or not an object; begin with holdpoint:");
        }
        var spring = new SpringKeys(reading);
        spring.read(object);
        spring.checkBundle();
        var section = object.members().get("holdpoint");
        if (section == null) {
            reading.faults().at(object, "has no holdpoint; add it");
        }
        var holdpoint = section == null ? Optional.<Fields>empty() : Fields.of(section, reading.faults());
        if (holdpoint.isEmpty()) {
            throw new FaultyDocument(reading.faults().all());
        }
        return check(file, dataDirectory, reading, spring, holdpoint.get(), listening);
    }

    private Checked check(
            Path file, Path dataDirectory, Reading reading, SpringKeys spring, Fields holdpoint, Listening listening) {
        reading.notBuilt(holdpoint, "flows", "channels", "audit");
        var listeners = new ListenerReader(reading, listening);
        var agents = listeners.agents(holdpoint.object("agents"));
        var console = listeners.console(holdpoint.object("console"));
        listeners.checkApart(holdpoint.self(), agents, console);
        listeners.checkFree(holdpoint, "agents", agents.address(), agents.port());
        listeners.checkFree(holdpoint, "console", console.address(), console.port());

        var part = PolicyPart.read(reading, flows, file, holdpoint);

        var storage = new Storage(
                reading, dataDirectory, Optional.ofNullable(spring.values().get(SpringKeys.URL)));
        storage.check(holdpoint.self(), spring, holdpoint.object("keys"));
        holdpoint.noOthers();
        reading.faults().throwIfAny();
        return new Checked(agents, console, reloadable(part, reading), part.approvals(), spring, storage);
    }

    private static Reloadable reloadable(PolicyPart part, Reading reading) {
        return new Reloadable(
                part.servers(),
                new Grants(part.grants()),
                part.people(),
                part.passwords(),
                part.policies().all(),
                part.context(),
                reading.warnings());
    }

    private static Configuration configuration(Origin origin, Checked checked) {
        var storage = checked.storage();
        var prepared = prepare(origin.file(), storage);
        return new Configuration(
                origin,
                checked.fixed(Optional.of(prepared.dataKey())),
                checked.reloadable(),
                prepared.jdbcUrl(),
                springValues(checked.spring(), storage, prepared),
                storage.usesDataDirectory(),
                prepared.dataKey());
    }

    static byte[] bytes(Path file) {
        try {
            return DocumentReader.bytes(file);
        } catch (IOException e) {
            throw fatal(file, "cannot be read; is it there, and may you read it?");
        }
    }

    private static Storage.Prepared prepare(Path file, Storage storage) {
        try {
            return storage.prepare();
        } catch (IOException e) {
            throw fatal(file, "needs a data directory that can be written, and %s cannot".formatted(e.getMessage()));
        }
    }

    private static Map<String, String> springValues(SpringKeys spring, Storage storage, Storage.Prepared prepared) {
        var values = new TreeMap<>(spring.values());
        values.put(SpringKeys.URL, prepared.jdbcUrl());
        DatabaseUrl.session(prepared.jdbcUrl())
                .ifPresent(sql -> values.put("spring.datasource.hikari.connection-init-sql", sql));
        if (storage.needsH2User()) {
            values.putIfAbsent("spring.datasource.username", "sa");
            values.putIfAbsent("spring.datasource.password", "");
        }
        return values;
    }

    /** The configuration's own faults first, each file's from top to bottom. */
    private static List<Fault> inOrder(String file, Placeholders placeholders, List<Fault> faults) {
        return faults.stream()
                .map(placeholders::withoutValues)
                .distinct()
                .sorted(Comparator.comparing((Fault fault) -> !fault.file().equals(file))
                        .thenComparing(Fault::file)
                        .thenComparingInt(Fault::line))
                .toList();
    }

    static FaultyDocument fatal(Path file, String message) {
        return new FaultyDocument(List.of(new Fault(file.toString(), 1, "", message)));
    }
}
