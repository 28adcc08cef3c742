package io.holdpoint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdpoint.workflow.Risk;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.node.ObjectNode;

/** How long policies take to read and to decide: {@code mvn -Pbench -pl gateway -am verify}. */
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class PolicyBenchmark {

    private static final int MANY = 10_000;

    private static final String RULE = "{\"limits\":[{\"window\":\"minute\",\"max\":10}],\"deny_if\":[{\"conditions\":"
            + "[{\"path\":\"args.to\",\"op\":\"regex\",\"value\":\"^evil\"}]}],\"require_approval\":[{\"conditions\":"
            + "[{\"path\":\"args.count\",\"op\":\"gt\",\"value\":100}]}]}";

    private static final ObjectNode ARGUMENTS = Policies.arguments("{\"to\":\"s3://imaging-1\",\"count\":7}");

    /** Which of them there are ten thousand of; none in {@code small}. */
    @Param({"small", "rules", "globs", "hidden"})
    String policy;

    private byte[] text = "{\"version\":\"1\",\"default\":\"deny\"}".getBytes(UTF_8);
    private Policy rules = read(text);

    /** Writes the policy, and reads it for the calls. */
    @Setup
    public void write() {
        var many = (IntFunction<String>) i -> "\"tool_" + i + (policy.equals("globs") ? "_*" : "") + "\":" + RULE;
        var tools = IntStream.range(0, policy.equals("small") || policy.equals("hidden") ? 0 : MANY)
                .mapToObj(many)
                .collect(Collectors.joining(","));
        var hidden = IntStream.range(0, policy.equals("hidden") ? MANY : 0)
                .mapToObj(i -> ",\"hidden_" + i + (i % 2 == 0 ? "_*\"" : "\""))
                .collect(Collectors.joining());
        var document = "{\"version\":\"1\",\"default\":\"deny\",\"hide\":[\"drop_*\"" + hidden + "],\"tools\":{"
                + "\"pay\":" + RULE + ",\"list_*\":" + RULE + (tools.isEmpty() ? "" : "," + tools) + "}}";
        text = document.getBytes(UTF_8);
        rules = read(text);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Policy load() {
        return read(text);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Decision.Judgement exactName() {
        return judge("pay");
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Decision.Judgement glob() {
        return judge("list_studies");
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Decision.Judgement byDefault() {
        return judge("start_dicom_export_job");
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Decision.Judgement hide() {
        return judge("drop_table");
    }

    private Decision.Judgement judge(String tool) {
        return rules.judge(new Call("imaging", tool, ARGUMENTS, Risk.LOW));
    }

    private static Policy read(byte[] text) {
        return Policy.read("policy.json", text, Policies.CONTEXT);
    }
}
