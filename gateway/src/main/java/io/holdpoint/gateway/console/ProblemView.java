package io.holdpoint.gateway.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Shows a {@link Problem}, and answers the error dispatch: what filters and the server itself refused. */
@Controller
class ProblemView implements ErrorController {

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    Object error(HttpServletRequest request) {
        var status = Optional.ofNullable((Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        return answer(request, Problem.sent(request).orElseGet(() -> Problem.ofStatus(status.orElse(404))));
    }

    /** @return what a handler method may return: a body for the API, a view for everything else */
    Object answer(HttpServletRequest request, Problem problem) {
        return isApi(request) ? body(problem) : page(problem);
    }

    private static boolean isApi(HttpServletRequest request) {
        var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return (failed == null ? request.getRequestURI() : failed.toString()).startsWith("/api/");
    }

    private static ResponseEntity<String> body(Problem problem) {
        var response = ResponseEntity.status(problem.status());
        if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
            response.header("WWW-Authenticate", "Bearer realm=\"holdpoint\"");
        }
        return response.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Json.write(problem.body()));
    }

    private static ModelAndView page(Problem problem) {
        return new ModelAndView("problem", Map.of("problem", problem), HttpStatusCode.valueOf(problem.status()));
    }
}
