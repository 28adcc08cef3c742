package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class IsolationPostgresqlTests extends IsolationTests {}
