package io.holdpoint.gateway.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class WorkersConfigurationTests {

    /** Takes worker threads before anybody has asked for the event loops. */
    record Early(Workers enforcementWorkers, HoldWorkers holdWorkers) {}

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

    @ParameterizedTest
    @ValueSource(strings = {"enforcementWorkers", "approvedCallRunners"})
    void whatAWorkerStillDoesComesBeforeTheLoopsEnd(String worker) {
        var happened = new CopyOnWriteArrayList<String>();
        var closing = Thread.currentThread();
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getBeanFactory().addBeanPostProcessor(recording(happened));
            context.register(Early.class, WorkersConfiguration.class);
            context.refresh();
            context.getBean(worker, ExecutorService.class).execute(() -> {
                while (!happened.contains("eventLoopsEnd") && !isAwaiting(closing)) {
                    Thread.onSpinWait();
                }
                happened.add("answered");
            });
        }
        assertThat(happened).containsSubsequence("answered", "eventLoopsEnd");
    }

    private static boolean isAwaiting(Thread closing) {
        return Stream.of(closing.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitTermination"));
    }

    private static DestructionAwareBeanPostProcessor recording(List<String> ended) {
        return (bean, name) -> ended.add(name);
    }
}
