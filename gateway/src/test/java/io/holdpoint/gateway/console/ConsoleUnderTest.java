package io.holdpoint.gateway.console;

import io.holdpoint.gateway.catalog.Catalog;
import io.holdpoint.gateway.catalog.ToolInventory;
import io.holdpoint.gateway.console.access.ConsoleSettings;
import io.holdpoint.gateway.console.access.PasswordHash;
import io.holdpoint.gateway.console.access.Passwords;
import io.holdpoint.gateway.grant.Grants;
import io.holdpoint.gateway.policy.PolicyContext;
import io.holdpoint.gateway.reload.PolicyVersions;
import io.holdpoint.gateway.reload.Reloads;
import io.holdpoint.gateway.upstream.Server;
import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.approval.Approvals;
import io.holdpoint.workflow.audit.AuditLog;
import io.holdpoint.workflow.audit.CallHistory;
import io.holdpoint.workflow.audit.WorkingAlone;
import io.holdpoint.workflow.people.People;
import io.holdpoint.workflow.people.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** The console with its doors to other rooms mocked. Deliberately no {@code @Configuration}: nobody's scan finds it. */
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class,
            FlywayAutoConfiguration.class
        })
@ComponentScan
public class ConsoleUnderTest {

    @Bean
    HandClock clock() {
        return new HandClock();
    }

    @Bean
    ToolInventory toolInventory() {
        return Mockito.mock(ToolInventory.class);
    }

    @Bean
    Yard yard() {
        return new Yard();
    }

    @Bean
    ConsoleSettings consoleSettings() {
        return new ConsoleSettings("127.0.0.1", 0, Optional.empty(), List.of("approve.example.org"));
    }

    @Bean
    Town town() {
        return new Town();
    }

    @Bean
    Supplier<PolicyContext> policyContext() {
        return () -> Samples.CONTEXT;
    }

    @Bean
    Catalog catalog() {
        return Mockito.mock(Catalog.class);
    }

    @Bean
    Alone workingAlone() {
        return new Alone();
    }

    @Bean
    Keys keys() {
        return new Keys();
    }

    @Bean
    Allotted allotted() {
        return new Allotted();
    }

    @Bean
    Reloads reloads(HandClock clock) {
        return new Reloads(clock.instant());
    }

    @Bean
    PolicyVersions policyVersions() {
        return Mockito.mock(PolicyVersions.class);
    }

    @Bean
    Approvals approvals() {
        return Mockito.mock(Approvals.class);
    }

    @Bean
    AuditLog auditLog() {
        return Mockito.mock(AuditLog.class);
    }

    @Bean
    CallHistory callHistory() {
        return Mockito.mock(CallHistory.class);
    }

    @Bean
    PlatformTransactionManager transactions() {
        return new NoDatabase();
    }

    @Bean
    MockMvcBuilderCustomizer hostOfEveryRequest() {
        return mvc -> mvc.defaultRequest(MockMvcRequestBuilders.get("/").header("Host", "localhost:8081"));
    }

    /** The servers of the configuration, which a test may change; none at first. */
    public static final class Yard implements ServerList {

        private final AtomicReference<List<Server>> servers = new AtomicReference<>(List.of());

        public void nowHas(Server... others) {
            servers.set(List.of(others));
        }

        @Override
        public List<Server> servers() {
            return servers.get();
        }
    }

    /** What the configuration says of working alone, which a test may change. */
    public static final class Alone implements WorkingAlone {

        private volatile boolean on;

        public void is(boolean now) {
            on = now;
        }

        @Override
        public boolean isOn() {
            return on;
        }
    }

    /** The people of the configuration, which a test may change. */
    public static final class Town implements Supplier<People> {

        private final AtomicReference<People> people = new AtomicReference<>(Samples.EVERYBODY);

        public void nowHas(People others) {
            people.set(others);
        }

        @Override
        public People get() {
            return people.get();
        }
    }

    /** The passwords of the configuration, which a test may change; none at first. */
    public static final class Keys implements Supplier<Passwords> {

        private final AtomicReference<Passwords> passwords = new AtomicReference<>(new Passwords(Map.of()));

        public void nowAre(Map<PersonId, PasswordHash> others) {
            passwords.set(new Passwords(others));
        }

        @Override
        public Passwords get() {
            return passwords.get();
        }
    }

    /** The grants of the configuration, which a test may change; none at first. */
    public static final class Allotted implements Supplier<Grants> {

        private final AtomicReference<Grants> grants = new AtomicReference<>(new Grants(List.of()));

        public void nowAre(Grants others) {
            grants.set(others);
        }

        @Override
        public Grants get() {
            return grants.get();
        }
    }

    /** Transactions that are active and end, without anything behind them. */
    private static final class NoDatabase extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
