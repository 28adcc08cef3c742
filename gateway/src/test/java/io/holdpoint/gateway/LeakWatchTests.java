package io.holdpoint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

class LeakWatchTests {

    @Test
    void everyBufferIsWatched() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Test
    void aLostBufferIsFoundWithTheOneWhoLostIt() {
        loseOne();
        assertThat(LeakWatch.lost()).singleElement().asString().contains("loseOne");
    }

    private static void loseOne() {
        ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
    }
}
