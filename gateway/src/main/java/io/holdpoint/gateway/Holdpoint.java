package io.holdpoint.gateway;

import io.holdpoint.gateway.command.Program;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program. What it does is said on the command line; {@code serve} and {@code demo} start everything else. */
@SpringBootApplication(proxyBeanMethods = false)
public class Holdpoint {

    public static void main(String[] arguments) {
        System.exit(Program.run(Holdpoint.class, arguments));
    }
}
