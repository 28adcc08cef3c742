package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class RetentionPostgresqlTests extends RetentionTests {}
