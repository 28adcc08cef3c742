package io.holdpoint.gateway.upstream;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.UncheckedIOException;
import javax.net.ssl.SSLException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    @Bean
    Upstream upstream() {
        // Building a TLS context takes a while and most servers stand beside the gateway without TLS.
        var tls = SingletonSupplier.of(UpstreamConfiguration::tls);
        return new HttpUpstream(ConnectionLimits.defaults(), tls::obtain, System::nanoTime);
    }

    private static SslContext tls() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException e) {
            throw new UncheckedIOException("this Java cannot set up TLS", e);
        }
    }
}
