package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.upstream.ServerList;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

    @Bean
    Catalog catalog(Clock clock) {
        return Catalog.reading(clock);
    }

    @Bean
    FirstReading firstReading(Catalog catalog, ServerList servers) {
        return new FirstReading(catalog, servers.servers());
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
