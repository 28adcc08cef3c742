package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class CanaryPostgresqlTests extends CanaryTests {}
