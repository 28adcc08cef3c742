package io.holdpoint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each operator with each type of argument: what {@code require} makes of it, and {@code deny_if}. */
class OperatorTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # op    | value    | argument   | require | deny_if
                    eq      | 1        | 1          | holds  | holds
                    eq      | 1        | 1.0        | holds  | holds
                    eq      | 1        | 1e0        | holds  | holds
                    eq      | 0.1      | 0.10       | holds  | holds
                    eq      | 1        | 1.0000000000000000000001 | - | -
                    eq      | 9007199254740993 | 9007199254740992 | - | -
                    eq      | 1        | "1"        | -      | -
                    eq      | 1        | true       | -      | -
                    eq      | "1"      | 1          | -      | -
                    eq      | true     | true       | holds  | holds
                    eq      | true     | 1          | -      | -
                    eq      | main     | "main"     | holds  | holds
                    eq      | main     | "Main"     | -      | -
                    eq      | [1]      | [1.0]      | holds  | holds
                    eq      | [1, 2]   | [2, 1]     | -      | -
                    eq      | {a: 1, b: 2} | {"b":2,"a":1.0} | holds | holds
                    eq      | {a: 1}   | {"a":1,"b":2} | -   | -
                    eq      | {}       | []         | -      | -
                    eq      | 1        | absent     | -      | -
                    eq      | 1        | null       | -      | -
                    neq     | prod     | "dev"      | holds  | holds
                    neq     | prod     | "prod"     | -      | -
                    neq     | prod     | 5          | holds  | holds
                    neq     | 1        | 1.0        | -      | -
                    neq     | 5        | 5.0000000000000000001 | holds | holds
                    neq     | prod     | absent     | -      | holds
                    neq     | prod     | null       | -      | holds
                    in      | [a, 1]   | "a"        | holds  | holds
                    in      | [a, 1]   | 1.00       | holds  | holds
                    in      | [a, 1]   | "1"        | -      | -
                    in      | [a, 1]   | ["a"]      | -      | -
                    in      | [a, 1]   | absent     | -      | -
                    not_in  | [a, 1]   | "b"        | holds  | holds
                    not_in  | [a, 1]   | "a"        | -      | -
                    not_in  | [a, 1]   | {}         | holds  | holds
                    not_in  | [a, 1]   | absent     | -      | holds
                    lt      | 5        | 4.999      | holds  | holds
                    lt      | 5        | 4.9999999999999999999 | holds | holds
                    lt      | 5        | 5          | -      | -
                    lt      | 5        | "4"        | -      | holds
                    lt      | 5        | true       | -      | holds
                    lt      | 5        | [4]        | -      | holds
                    lt      | 5        | absent     | -      | holds
                    lt      | 5        | null       | -      | holds
                    lt      | 1e400    | 1e399      | holds  | holds
                    lte     | 500      | 500        | holds  | holds
                    lte     | 500      | 500.01     | -      | -
                    lte     | 500      | "500"      | -      | holds
                    lte     | 500      | absent     | -      | holds
                    gt      | 100      | 100.01     | holds  | holds
                    gt      | 100      | 100        | -      | -
                    gt      | 100      | 1e1000000000 | holds | holds
                    gt      | 100      | "101"      | -      | holds
                    gt      | 100      | absent     | -      | holds
                    gte     | 1        | 1          | holds  | holds
                    gte     | 1        | 0.5        | -      | -
                    gte     | 1        | false      | -      | holds
                    gte     | 1        | absent     | -      | holds
                    regex   | "^feat/" | "feat/x"   | holds  | holds
                    regex   | "^feat/" | "x/feat/"  | -      | -
                    regex   | eat      | "feature"  | holds  | holds
                    regex   | "1"      | 1          | -      | holds
                    regex   | a        | ["a"]      | -      | holds
                    regex   | a        | absent     | -      | holds
                    contains | test    | "a test b" | holds  | holds
                    contains | test    | "prod"     | -      | -
                    contains | "*"     | ["a","*"]  | holds  | holds
                    contains | "*"     | ["a"]      | -      | -
                    contains | 1       | [1.0]      | holds  | holds
                    contains | 1       | "1"        | -      | holds
                    contains | test    | 5          | -      | holds
                    contains | test    | {"test":1} | -      | holds
                    contains | test    | absent     | -      | holds
                    exists  | true     | 0          | holds  | holds
                    exists  | true     | ""         | holds  | holds
                    exists  | true     | false      | holds  | holds
                    exists  | true     | null       | -      | -
                    exists  | true     | absent     | -      | -
                    exists  | false    | absent     | holds  | holds
                    exists  | false    | null       | holds  | holds
                    exists  | false    | 0          | -      | -
                    path_within | /srv/data | "/srv/data"           | holds | holds
                    path_within | /srv/data | "/srv/data/a/b"       | holds | holds
                    path_within | /srv/data/ | "/srv//data/./a"     | holds | holds
                    path_within | /srv/data | "/srv/data/../data/a" | holds | holds
                    path_within | /srv/data | "/srv/data/../x"      | -     | -
                    path_within | /srv/data | "/srv/database"       | -     | -
                    path_within | /srv/data | "srv/data/a"          | -     | -
                    path_within | /srv/data | "\\\\srv\\\\data\\\\..\\\\x" | - | -
                    path_within | /srv/data | "\\\\srv\\\\data\\\\x" | holds | holds
                    path_within | data      | "data/x"              | holds | holds
                    path_within | data      | "./data/x"            | holds | holds
                    path_within | data      | "/data/x"             | -     | -
                    path_within | /         | "/etc/passwd"         | holds | holds
                    path_within | /srv/data | "/../srv/data/x"      | -     | holds
                    path_within | data      | "../data/x"           | -     | holds
                    path_within | data      | "data/\\u0000x"       | -     | holds
                    path_within | data      | ""                    | -     | holds
                    path_within | /srv/data | 5                     | -     | holds
                    path_within | /srv/data | absent                | -     | holds
                    """)
    void anOperatorJudgesAnArgument(String op, String value, String argument, String require, String denyIf) {
        var condition = "{path: args.v, op: " + op + ", value: " + value + "}";
        var arguments = argument.equals("absent") ? "{}" : "{\"v\":" + argument + "}";
        assertThat(word("require: [" + condition + "]", arguments))
                .isEqualTo(require.equals("holds") ? "allow" : "deny");
        assertThat(word("deny_if: [{conditions: [" + condition + "]}]", arguments))
                .isEqualTo(denyIf.equals("holds") ? "deny" : "allow");
        assertThat(word("require_approval: [{conditions: [" + condition + "]}]", arguments))
                .isEqualTo(denyIf.equals("holds") ? "hold" : "allow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    args.a             | {"a":"x"}
                    args.a.b           | {"a":{"b":"x"}}
                    args["a.b"]        | {"a.b":"x"}
                    args.a["b c"].d    | {"a":{"b c":{"d":"x"}}}
                    args.list[1]       | {"list":["y","x"]}
                    args.list[0].id    | {"list":[{"id":"x"}]}
                    args["\\u0061"]    | {"a":"x"}
                    args.0             | {"0":"x"}
                    args.ключ-1        | {"ключ-1":"x"}
                    """)
    void aPathFindsItsArgument(String path, String arguments) {
        assertThat(word("require: [{path: '" + path + "', op: eq, value: x}]", arguments))
                .isEqualTo("allow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    args.a.b           | {"a":"x"}
                    args.a.b           | {"a.b":"x"}
                    args["a.b"]        | {"a":{"b":"x"}}
                    args.list[2]       | {"list":["x","x"]}
                    args.list.0        | {"list":["x"]}
                    args.a[0]          | {"a":{"0":"x"}}
                    args.a[0]          | {"a":"x"}
                    args.A             | {"a":"x"}
                    """)
    void aPathFindsNothingElse(String path, String arguments) {
        assertThat(word("require: [{path: '" + path + "', op: exists, value: true}]", arguments))
                .isEqualTo("deny");
    }

    private static String word(String rule, String arguments) {
        return Policies.ofPay(rule)
                .judge(Policies.call("pay", arguments))
                .then()
                .word();
    }
}
