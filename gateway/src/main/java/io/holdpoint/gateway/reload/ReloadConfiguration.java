package io.holdpoint.gateway.reload;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

@Configuration(proxyBeanMethods = false)
class ReloadConfiguration {

    @Bean
    Reloads reloads(Clock clock) {
        return new Reloads(clock.instant());
    }

    @Bean
    PolicyVersions policyVersions(JdbcTemplate jdbc) {
        return new PolicyVersions(jdbc);
    }
}
