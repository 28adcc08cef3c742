package io.holdpoint.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at the console's pages: follows links and sends the forms that stand there, with cookies, as a browser does. */
final class Person {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern WAITING =
            Pattern.compile("<li class=\"pending\">\\s*<a href=\"(/approvals/apr_[^\"]+)\"");

    private static final Pattern LINK = Pattern.compile("http://[^\\s<]+/sign-in/[\\w-]{43}");

    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI console;

    private Person(URI console) {
        this.console = console;
    }

    /** Opens a sign-in link and presses the button there. */
    static Person signedInBy(URI link) {
        var person = new Person(link.resolve("/"));
        var landed = person.submit(person.open(link.getPath()), link.getPath(), Map.of());
        if (!landed.body().contains("Sign out")) {
            throw new AssertionError("the link does not sign in: HTTP " + landed.statusCode());
        }
        return person;
    }

    /**
     * Opens a page, is asked to sign in, and does.
     *
     * @param page where they want to go
     */
    static Person signedInByPassword(URI page, String name, String password) {
        var person = new Person(page.resolve("/"));
        var asked = person.open(page.getPath());
        var landed = person.submit(asked, "/sign-in", Map.of("name", name, "password", password));
        if (!landed.uri().equals(page) || !landed.body().contains("Sign out")) {
            throw new AssertionError(
                    "%s is not signed in: HTTP %d at %s".formatted(name, landed.statusCode(), landed.uri()));
        }
        return person;
    }

    /** Has a link made on the people page, and returns it. */
    URI makeLinkFor(String id) {
        var link = LINK.matcher(submit(open("/people"), "/people/%s/sign-in-link".formatted(id), Map.of())
                .body());
        if (!link.find()) {
            throw new AssertionError("no link is shown");
        }
        return URI.create(link.group());
    }

    /** Somebody nobody knows. */
    static Person stranger(URI console) {
        return new Person(console.resolve("/"));
    }

    HttpResponse<String> open(String path) {
        return send(request(path).GET());
    }

    /** Sends a form without having seen the page it stands on, as a page of somebody else's would make a browser do. */
    HttpResponse<String> postBlindly(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** Waits until something waits for this person in the inbox, and returns its page's path. */
    String waiting() {
        return GatewayUnderTest.eventually(() -> {
            var row = WAITING.matcher(open("/").body());
            return row.find() ? Optional.of(row.group(1)) : Optional.empty();
        });
    }

    void approve(String approval) {
        decide(approval, "/approve", Map.of());
    }

    void reject(String approval, String preset, String reason) {
        decide(approval, "/reject", Map.of("preset", preset, "reason", reason));
    }

    private void decide(String approval, String verb, Map<String, String> fields) {
        var answer = submit(open(approval), approval + verb, fields);
        if (answer.statusCode() != 200) {
            throw new AssertionError("%s%s is answered with HTTP %d".formatted(approval, verb, answer.statusCode()));
        }
    }

    private HttpResponse<String> submit(HttpResponse<String> page, String action, Map<String, String> typed) {
        var start = page.body().indexOf("action=\"" + action + "\"");
        if (start < 0) {
            throw new AssertionError("HTTP %d, and the page has no form for %s".formatted(page.statusCode(), action));
        }
        var form = page.body().substring(start, page.body().indexOf("</form>", start));
        var fields = new LinkedHashMap<>(typed);
        HIDDEN.matcher(form).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        var body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(path)).timeout(GatewayUnderTest.PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
