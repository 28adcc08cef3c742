package io.holdpoint.workflow.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdpoint.workflow.database.TestDatabases;
import io.holdpoint.workflow.vault.Vault;
import java.io.IOException;
import java.time.Clock;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

class AuditConfigurationTests {

    @Test
    void theLogWritesToTheDataSourceOfTheContext() throws IOException {
        try (var database = TestDatabases.H2.fresh();
                var context = new GenericApplicationContext()) {
            context.registerBean(DataSource.class, database::dataSource);
            context.registerBean(Vault.class, () -> new Vault(new byte[Vault.KEY_BYTES]));
            context.registerBean(Clock.class, Clock::systemUTC);
            new AnnotatedBeanDefinitionReader(context).register(AuditConfiguration.class);
            context.refresh();
            var log = context.getBean("auditLog", AuditLog.class);
            database.inTransaction(() -> log.append(new AuditEntry.CallAllowed(Calls.aCall("call_1"))));
            assertThat(log.read(AuditQuery.ofSubject("call_1")).entries()).hasSize(1);
        }
    }
}
