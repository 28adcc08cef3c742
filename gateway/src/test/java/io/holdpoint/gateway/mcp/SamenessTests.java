package io.holdpoint.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamenessTests {

    private static final MessageReader READER = new MessageReader(64);

    private static Message call(String arguments) {
        return READER.read(
                Json.utf8("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"a\","
                        + "\"arguments\":" + arguments + "}}"));
    }

    private static String sameness(String arguments) {
        return Sameness.of(ArgumentTree.of(call(arguments)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a":1,"b":2}        | {"b":2,"a":1}
        {"a":1}              | { "\\u0061" : 1 }
        {"a":1}              | {"a":1.0}
        {"a":1}              | {"a":1e0}
        {"a":100}            | {"a":1E+2}
        {"a":0.1}            | {"a":1e-1}
        {"a":0}              | {"a":-0.000}
        {"a":0}              | {"a":0e999999999}
        {"a":-1.50}          | {"a":-15e-1}
        {"a":10e999999998}   | {"a":1e999999999}
        {"a":{"x":[1,{}]}}   | {"a":{"x":[1.00,{}]}}
        """)
    void theSameArgumentsInOtherWordsAreTheSame(String one, String other) {
        assertThat(sameness(one)).isEqualTo(sameness(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a":9007199254740993}   | {"a":9007199254740992}
        {"a":0.1}                | {"a":0.10000000000000000001}
        {"a":1}                  | {"a":"1"}
        {"a":1}                  | {"a":true}
        {"a":1}                  | {"a":-1}
        {"a":1}                  | {"a":10}
        {"a":1e999999999}        | {"a":1e999999998}
        {"a":null}               | {}
        {"a":null}               | {"a":"null"}
        {"a":[1,2]}              | {"a":[2,1]}
        {"a":[1,[2]]}            | {"a":[1,2]}
        {"a":[]}                 | {"a":{}}
        {"a":["b","c"]}          | {"a":["bc"]}
        {"a":"b","c":"d"}        | {"a":"d","c":"b"}
        {"a":{"b":1},"c":2}      | {"a":{"b":1,"c":2}}
        {"a":"acct-7 "}          | {"a":"acct-7"}
        {"a":"é"}                | {"a":"e\\u0301"}
        {"a":"1e0"}              | {"a":1}
        """)
    void otherArgumentsAreNotTheSame(String one, String other) {
        assertThat(sameness(one)).isNotEqualTo(sameness(other));
    }

    @Test
    void noArgumentsAreTheSameAsAnEmptyObject() {
        var without = READER.read(
                Json.utf8("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"a\"}}"));
        assertThat(Sameness.of(ArgumentTree.of(without))).isEqualTo(sameness("{}"));
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings()
                .withChars("abé漢")
                .ofMinLength(1)
                .ofMaxLength(4)
                .list()
                .uniqueElements()
                .ofMaxSize(8);
    }

    @Property
    void theOrderOfKeysNeverCounts(@ForAll("names") List<String> names, @ForAll long seed) {
        var shuffled = new java.util.ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(sameness(object(shuffled))).isEqualTo(sameness(object(names)));
    }

    private static String object(List<String> names) {
        return names.stream()
                .map(name -> "\"%s\":\"%s\"".formatted(name, name))
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Property
    void numbersAreTheSameExactlyIfTheirDecimalValuesAre(
            @ForAll("numbers") BigDecimal one, @ForAll("numbers") BigDecimal other) {
        var same = sameness("{\"a\":" + one + "}").equals(sameness("{\"a\":" + other + "}"));
        assertThat(same).isEqualTo(one.compareTo(other) == 0);
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        var unscaled = Arbitraries.integers().between(-200, 200);
        return unscaled.flatMap(digits ->
                Arbitraries.integers().between(-3, 3).map(scale -> new BigDecimal(digits).scaleByPowerOfTen(scale)));
    }

    @Test
    void hugeExponentsAndLongNumbersAreCheap() {
        var many = "1e999999999,-1e-999999999,1" + "0".repeat(999);
        var all = Collections.nCopies(500, many);
        Assertions.assertThat(Duration.ofNanos(elapsed("{\"a\":[" + String.join(",", all) + "]}")))
                .isLessThan(Duration.ofSeconds(3));
    }

    private static long elapsed(String arguments) {
        var start = System.nanoTime();
        sameness(arguments);
        return System.nanoTime() - start;
    }

    @Test
    void numbersKeepAllTheirDigits() {
        var tree = ArgumentTree.of(call("{\"a\":0.10000000000000000001,\"b\":9007199254740993,\"c\":1.50}"));
        assertThat(tree.get("a").decimalValue()).isEqualTo("0.10000000000000000001");
        assertThat(tree.get("b").decimalValue()).isEqualTo("9007199254740993");
        assertThat(tree.get("c").decimalValue()).isEqualTo("1.50");
    }

    @ParameterizedTest
    @CsvSource({"1e99999999999", "-1e-99999999999", "1e2147483648"})
    void anExponentThatNobodyCanJudgeIsRefused(String number) {
        var message = call("{\"a\":" + number + "}");
        assertThatThrownBy(() -> ArgumentTree.of(message))
                .isInstanceOfSatisfying(
                        Unacceptable.class,
                        refused -> assertThat(refused.code()).isEqualTo(-32602));
    }
}
