package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class HeldCallPostgresqlTests extends HeldCallTests {}
