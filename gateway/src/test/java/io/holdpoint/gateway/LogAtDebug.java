package io.holdpoint.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Everything that everybody in this JVM logs, at the level {@code debug} and from {@link #begin} on; not printed. */
final class LogAtDebug extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final StringBuffer text = new StringBuffer();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.holdpoint");
    private final List<Appender<ILoggingEvent>> printing = new ArrayList<>();
    private final Optional<Level> rootLevel = Optional.ofNullable(root.getLevel());
    private final Optional<Level> ourLevel = Optional.ofNullable(ours.getLevel());

    private LogAtDebug() {}

    /** Begins after the gateway has started, whose start sets levels of its own. */
    static LogAtDebug begin() {
        var log = new LogAtDebug();
        log.root.iteratorForAppenders().forEachRemaining(log.printing::add);
        log.printing.forEach(log.root::detachAppender);
        log.setContext(log.root.getLoggerContext());
        log.start();
        log.root.addAppender(log);
        log.root.setLevel(Level.DEBUG);
        log.ours.setLevel(Level.TRACE);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        text.append(event.getLevel()).append(' ').append(event.getLoggerName()).append(": ");
        text.append(event.getFormattedMessage()).append('\n');
        if (event.getThrowableProxy() != null) {
            text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    String text() {
        return text.toString();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        printing.forEach(root::addAppender);
        rootLevel.ifPresent(root::setLevel);
        ourLevel.ifPresentOrElse(ours::setLevel, () -> ours.setLevel(null));
    }
}
