package io.holdpoint.gateway.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request was not served: an RFC 9457 problem for programs, a page for people.
 *
 * @param status the HTTP status
 * @param name tells problems of the same status apart; the last part of the {@code type} URI
 * @param title what happened, in a few words
 * @param detail why
 * @param next what to do about it
 * @param more further members for programs
 */
public record Problem(int status, String name, String title, String detail, String next, Map<String, Object> more) {

    public static final Problem NOT_SIGNED_IN = new Problem(
            401,
            "not-signed-in",
            "You are not signed in",
            "This page is for the people named in the configuration.",
            "Sign in with your password, or open a one-time sign-in link: an admin makes one on the page People, and"
                    + " Holdpoint prints one when it starts, until an admin has a password. Programs send"
                    + " \"Authorization: Bearer <a person's token>\".");
    public static final Problem UNKNOWN_TOKEN = new Problem(
            401,
            "unknown-token",
            "Unknown token",
            "The Authorization header holds no token of a person in the configuration.",
            "Send \"Authorization: Bearer <token>\" with the token whose SHA-256 stands as people.<id>.token-sha256.");
    public static final Problem UNKNOWN_HOST = new Problem(
            403,
            "unknown-host",
            "Unknown host name",
            "The console does not answer to the host name this request was sent to.",
            "Use the address that was printed at the start, or set console.public-url or console.allowed-hosts.");
    public static final Problem FOREIGN_ORIGIN = new Problem(
            403,
            "foreign-origin",
            "The request came from another site",
            "Its Origin header names another site than this console, so nothing was done.",
            "Open the console itself and do it there. Behind a proxy, set console.public-url.");
    public static final Problem NO_CSRF_TOKEN = new Problem(
            403,
            "no-csrf-token",
            "This form is too old",
            "It does not carry the token of your present session, so nothing was done.",
            "Go back, reload the page and try again. Programs with a session send the token as X-CSRF-TOKEN.");
    public static final Problem LINK_USED = new Problem(
            410,
            "link-used",
            "This sign-in link does not work any more",
            "It was used, is too old, or was made before the last restart.",
            "Use a newer link; an admin makes one on the page People. If you used this link yourself in this browser,"
                    + " you are signed in already.");
    public static final Problem NOT_FOUND = new Problem(
            404,
            "not-found",
            "Nothing here",
            "There is no such page or approval, or it is not yours to see.",
            "Check the address, or ask who asked you. Approvals are shown to the people they ask, to auditors and"
                    + " to operators.");

    private static final String ATTRIBUTE = Problem.class.getName();

    public Problem {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    Problem(int status, String name, String title, String detail, String next) {
        this(status, name, title, detail, next, Map.of());
    }

    /** The problem a status alone tells of. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> NOT_SIGNED_IN;
            case 404 -> NOT_FOUND;
            case 405 ->
                plain(405, "method-not-allowed", "This cannot be done here", "The address does not know this method.");
            case 400 ->
                plain(400, "bad-request", "The request cannot be understood", "A part of it is missing or malformed.");
            case 403 -> plain(403, "forbidden", "You may not do this", "Your roles do not include it.");
            case 413 ->
                plain(413, "too-large", "The request is too large", "Its body is longer than any answer needs to be.");
            case 415 ->
                plain(415, "not-json", "The body is not JSON", "The API takes bodies of type application/json.");
            default ->
                status < 500
                        ? plain(status, "refused", "The request was refused", "It is not one this console serves.")
                        : FAILED;
        };
    }

    static final Problem FAILED = new Problem(
            500,
            "failed",
            "Something went wrong here",
            "The console could not finish this. What was recorded is what the page shows when you open it again.",
            "Open the page again before you repeat anything. If it stays, look into the log of Holdpoint.");

    private static Problem plain(int status, String name, String title, String detail) {
        return new Problem(status, name, title, detail, "Check the address and what you sent, then try again.");
    }

    public Problem with(String member, Object value) {
        var members = new LinkedHashMap<>(more);
        members.put(member, value);
        return new Problem(status, name, title, detail, next, members);
    }

    /** Answers with this problem from a filter; the error dispatch writes it. */
    public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(ATTRIBUTE, this);
        response.sendError(status);
    }

    /** The problem a filter sent. */
    static Optional<Problem> sent(HttpServletRequest request) {
        return Optional.ofNullable((Problem) request.getAttribute(ATTRIBUTE));
    }

    /** The body for programs (RFC 9457). */
    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:holdpoint:problem:" + name);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("next", next);
        body.putAll(more);
        return body;
    }
}
