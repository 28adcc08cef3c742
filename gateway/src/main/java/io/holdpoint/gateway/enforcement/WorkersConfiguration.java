package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.listener.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * The threads of the enforcement point. The event loops go last: what still works on a worker answers on a loop, and gets
 * some seconds to.
 */
@Configuration(proxyBeanMethods = false)
class WorkersConfiguration {

    private static final String LOOPS_END = "eventLoopsEnd";
    private static final int WORKERS = 4;
    private static final int RUNNERS = 8;
    private static final int STOP_SECONDS = 5;

    @Bean(destroyMethod = "")
    EventLoopGroup eventLoops() {
        return EventLoops.start();
    }

    /**
     * By then the listener has stopped and nothing runs any more: no quiet period is needed. A loop that died, because the
     * jar was replaced under it, never ends; the program does all the same.
     */
    @Bean(LOOPS_END)
    DisposableBean eventLoopsEnd(EventLoopGroup loops) {
        return () ->
                loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    @Bean
    @DependsOn(LOOPS_END)
    Workers enforcementWorkers() {
        return new Workers(WORKERS, Integer.MAX_VALUE, "enforcement");
    }

    /** Run approved calls: they may wait for a server's definitions, so nothing else waits behind them. */
    @Bean
    @DependsOn(LOOPS_END)
    Workers approvedCallRunners() {
        return new Workers(RUNNERS, Integer.MAX_VALUE, "approved-call");
    }

    @Bean
    @DependsOn(LOOPS_END)
    HoldWorkers holdWorkers() {
        return new HoldWorkers();
    }
}
