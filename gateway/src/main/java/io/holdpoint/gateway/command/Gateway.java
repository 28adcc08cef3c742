package io.holdpoint.gateway.command;

import io.holdpoint.gateway.configuration.Configuration;
import io.holdpoint.gateway.configuration.Listening;
import io.holdpoint.gateway.console.access.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Starts everything with a checked configuration, and with nothing else: neither the environment nor an
 * {@code application.yaml} that happens to lie in the working directory changes a setting.
 */
public class Gateway {

    /** One short line for each event; a user may set the same keys outside {@code holdpoint:}. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            // A store that is away must be noticed while an agent still waits: calls are refused within 2 s.
            "spring.datasource.hikari.connection-timeout", "1500",
            "spring.flyway.locations", "classpath:db/migration,classpath:db/{vendor}",
            "logging.level.org.flywaydb", "error",
            "logging.pattern.console", "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg%n",
            "logging.level.root", "warn",
            "logging.level.io.holdpoint", "info",
            // They would print as stack traces what the command line says in one sentence.
            "logging.level.org.springframework.boot.SpringApplication", "off",
            "logging.level.org.springframework.boot.diagnostics", "off",
            "logging.level.org.springframework.boot.web.server.servlet.context", "error");

    private final Class<?> application;

    /** @param application the class Spring begins with */
    public Gateway(Class<?> application) {
        this.application = application;
    }

    /**
     * Starts, and returns when the program has been told to stop.
     *
     * @param ready called once everything answers
     */
    void run(Configuration configuration, Consumer<Running> ready) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        var context = start(configuration);
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> stopped.countDown());
        ready.accept(new Running(context, configuration));
        stopped.await();
    }

    /** Where it starts. */
    Listening listening() {
        return Listening.here();
    }

    /** Starts, and returns when everything answers. */
    public ConfigurableApplicationContext start(Configuration configuration) {
        var spring = new SpringApplication(application);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.setLogStartupInfo(false);
        spring.setEnvironment(environment(configuration));
        spring.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean(Configuration.class, () -> configuration));
        return spring.run();
    }

    static ConfigurableEnvironment environment(Configuration configuration) {
        var environment = new OnlyWhatIsGiven();
        var given = new LinkedHashMap<String, Object>();
        configuration.spring().forEach((key, value) -> given.put(key, unresolvable(value)));
        given.put("spring.config.location", "optional:classpath:/");
        given.put("server.port", String.valueOf(configuration.console().port()));
        given.put("server.address", configuration.console().address());
        environment.getPropertySources().addFirst(new MapPropertySource("holdpoint.yaml", given));
        environment.getPropertySources().addLast(new MapPropertySource("defaults", DEFAULTS));
        return environment;
    }

    /** Placeholders are replaced already; one left in a value, a password perhaps, is text. */
    private static String unresolvable(String value) {
        return value.replace("${", "\\${");
    }

    /** Spring's environment without the system's properties and variables. */
    private static final class OnlyWhatIsGiven extends StandardEnvironment {
        @Override
        protected void customizePropertySources(MutablePropertySources sources) {}
    }

    /** An address as it stands in a URL; one that means "all" is reached here by loopback. */
    static String reachable(String address) {
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "127.0.0.1";
        }
        return address.contains(":") ? "[" + address + "]" : address;
    }

    /** A gateway that answers. */
    record Running(ConfigurableApplicationContext context, Configuration configuration) {

        /** What links for people begin with. */
        String consoleUrl() {
            return configuration
                    .console()
                    .publicUrl()
                    .map(url -> url.toString().replaceAll("/$", ""))
                    .orElseGet(() -> "%s://%s:%d"
                            .formatted(
                                    context.getBean(Transport.class).scheme(),
                                    reachable(configuration.console().address()),
                                    consolePort()));
        }

        private int consolePort() {
            return context instanceof ServletWebServerApplicationContext web && web.getWebServer() != null
                    ? web.getWebServer().getPort()
                    : configuration.console().port();
        }
    }
}
