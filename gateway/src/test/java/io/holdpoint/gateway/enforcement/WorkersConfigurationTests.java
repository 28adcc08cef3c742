package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class WorkersConfigurationTests {

    /** Takes worker threads before anybody has asked for the event loops. */
    record Early(ExecutorService enforcementWorkers, HoldWorkers holdWorkers) {}

    @Test
    void theEventLoopsEndAfterAllWorkers() {
        var ended = new ArrayList<String>();
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getBeanFactory().addBeanPostProcessor(recording(ended));
            context.register(Early.class, WorkersConfiguration.class);
            context.refresh();
        }
        assertThat(List.of("enforcementWorkers", "approvedCallRunners", "holdWorkers"))
                .allSatisfy(worker -> assertThat(ended).containsSubsequence(worker, "eventLoopsEnd"));
    }

    private static DestructionAwareBeanPostProcessor recording(List<String> ended) {
        return (bean, name) -> ended.add(name);
    }
}
