package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class DriftPostgresqlTests extends DriftTests {}
