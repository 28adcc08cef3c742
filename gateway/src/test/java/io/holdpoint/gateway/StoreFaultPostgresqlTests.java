package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class StoreFaultPostgresqlTests extends StoreFaultTests {}
