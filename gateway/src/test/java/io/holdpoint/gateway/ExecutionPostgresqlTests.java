package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class ExecutionPostgresqlTests extends ExecutionTests {}
