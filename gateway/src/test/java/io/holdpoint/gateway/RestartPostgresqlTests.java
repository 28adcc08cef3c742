package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class RestartPostgresqlTests extends RestartTests {}
