package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class ReloadPostgresqlTests extends ReloadTests {}
