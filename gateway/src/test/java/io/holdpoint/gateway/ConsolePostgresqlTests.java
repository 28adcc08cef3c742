package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class ConsolePostgresqlTests extends ConsoleTests {}
