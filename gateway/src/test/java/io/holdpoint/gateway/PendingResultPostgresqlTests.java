package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class PendingResultPostgresqlTests extends PendingResultTests {}
