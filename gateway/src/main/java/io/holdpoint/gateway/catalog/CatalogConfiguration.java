package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.ServerList;
import io.holdpoint.workflow.approval.Executions;
import io.holdpoint.workflow.audit.AuditLog;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    KeptDefinitions keptDefinitions(JdbcTemplate jdbc, AuditLog audit, PlatformTransactionManager transactions) {
        return new KeptDefinitions(jdbc, audit, new TransactionTemplate(transactions));
    }

    @Bean
    DefinitionKeeper definitionKeeper(KeptDefinitions kept, Executions executions) {
        return new DefinitionKeeper(kept, executions);
    }

    @Bean
    ReadCatalog catalog(Clock clock, DefinitionKeeper keeper, ServerList servers) {
        return new ReadCatalog(
                new ToolsReader(http(), Catalog.PATIENCE),
                clock,
                keeper,
                server -> servers.find(server.name()).filter(server::equals).isPresent());
    }

    @Bean
    CatalogWatch catalogWatch(ReadCatalog catalog, ServerList servers) {
        return new CatalogWatch(catalog, servers);
    }

    @Bean
    ToolInventory toolInventory(JdbcTemplate jdbc, DefinitionKeeper keeper) {
        return new ToolInventory(JdbcClient.create(jdbc), keeper);
    }

    /** Follows no redirect: that would carry the gateway's credentials elsewhere. */
    static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
