package io.holdpoint.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Holdpoint {
    public static void main(String[] args) {
        System.out.println("ARGS " + String.join(",", args) + " in " + System.getProperty("user.dir"));
        SpringApplication.run(Holdpoint.class, "--server.port=8081");
    }
}
