package io.holdpoint.workflow.audit;

import io.holdpoint.workflow.vault.Vault;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log as a bean; to be imported where the data source, the vault and the clock are beans. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

    /** The log, in the transactions of this data source. */
    @Bean
    AuditLog auditLog(DataSource dataSource, Vault vault, Clock clock, ObjectProvider<WorkingAlone> alone) {
        return new JdbcAuditLog(dataSource, vault, clock, alone.getIfAvailable(() -> () -> false));
    }

    /** What was decided about calls, from the same data source. */
    @Bean
    CallHistory callHistory(DataSource dataSource, Vault vault) {
        return CallHistory.of(dataSource, vault);
    }
}
