package io.holdpoint.gateway.enforcement;

import io.holdpoint.gateway.listener.EventLoops;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The threads of the enforcement point. The event loops go last: what still works on a worker answers on a loop. */
@Configuration(proxyBeanMethods = false)
class WorkersConfiguration {

    private static final String LOOPS_END = "eventLoopsEnd";
    private static final int WORKERS = 4;
    private static final int RUNNERS = 8;

    @Bean(destroyMethod = "")
    EventLoopGroup eventLoops() {
        return EventLoops.start();
    }

    /** By then the listener has stopped and nothing runs any more: no quiet period is needed. */
    @Bean(LOOPS_END)
    DisposableBean eventLoopsEnd(EventLoopGroup loops) {
        return () -> loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Bean(destroyMethod = "shutdown")
    @DependsOn(LOOPS_END)
    ExecutorService enforcementWorkers() {
        return threads(WORKERS, "enforcement");
    }

    /** Run approved calls: they may wait for a server's definitions, so nothing else waits behind them. */
    @Bean(destroyMethod = "shutdown")
    @DependsOn(LOOPS_END)
    ExecutorService approvedCallRunners() {
        return threads(RUNNERS, "approved-call");
    }

    private static ExecutorService threads(int number, String name) {
        return new ThreadPoolExecutor(
                number, number, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> new Thread(task, name));
    }

    @Bean
    @DependsOn(LOOPS_END)
    HoldWorkers holdWorkers() {
        return new HoldWorkers();
    }
}
