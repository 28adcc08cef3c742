package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class WorkingAlonePostgresqlTests extends WorkingAloneTests {}
