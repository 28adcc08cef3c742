package io.holdpoint.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The database a class's tests run on; its methods get it as a parameter. {@code ThingTests} is on H2, and
 * {@code ThingPostgresqlTests} extends it: Surefire shows classes by their names, and JUnit's parameterized classes only
 * by a number.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnDatabase.Resolver.class)
@DisplayNameGeneration(OnDatabase.Names.class)
public @interface OnDatabase {

    GatewayDatabases value();

    final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == GatewayDatabases.class;
        }

        @Override
        public GatewayDatabases resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRequiredTestClass().getAnnotation(OnDatabase.class).value();
        }
    }

    final class Names extends DisplayNameGenerator.Standard {

        @Override
        public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> test, Method method) {
            return super.generateDisplayNameForMethod(enclosing, test, method) + " on "
                    + test.getAnnotation(OnDatabase.class).value();
        }
    }
}
