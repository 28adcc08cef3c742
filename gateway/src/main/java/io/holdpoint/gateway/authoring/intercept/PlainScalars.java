package io.holdpoint.gateway.authoring.intercept;

import io.holdpoint.gateway.authoring.draft.OneLine;
import io.holdpoint.gateway.document.Fault;
import io.holdpoint.gateway.document.Faults;
import java.io.StringReader;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Refuses what stands without quotes and means one thing to Intercept's reader of YAML and another to ours: dates,
 * numbers in other bases or with underscores, minus nothing, merge keys. Both could be right; only the author knows.
 */
final class PlainScalars {

    private static final Pattern AMBIGUOUS = Pattern.compile("[-+]?0[0-9xXoObB_][0-9A-Fa-f_.eE+-]*"
            + "|[-+]?[0-9][0-9.]*_[0-9_.eE+-]*"
            + "|[-+]?[0-9]+\\."
            + "|-0(\\.0*)?([eE].*)?"
            + "|[-+]?\\.(inf|Inf|INF|nan|NaN|NAN)"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]+[0-9].*)?"
            + "|<<");
    private static final int LONGEST = 60;

    private PlainScalars() {}

    /** @param text a document that has been read without faults of its form */
    static void refuseAmbiguous(String file, String text, Faults faults) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        for (var event : new Yaml(options).parse(new StringReader(text))) {
            if (event instanceof ScalarEvent scalar
                    && scalar.getScalarStyle() == ScalarStyle.PLAIN
                    && AMBIGUOUS.matcher(scalar.getValue()).matches()) {
                var line = scalar.getStartMark().getLine() + 1;
                faults.add(new Fault(file, line, "", advice(scalar.getValue())));
            }
        }
    }

    private static String advice(String value) {
        return "has %s without quotes, which Intercept reads as another value than it looks; put it in quotes if it is a text, or write it as a plain number"
                .formatted(OneLine.quoted(value, LONGEST));
    }
}
