package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class PromisesPostgresqlTests extends PromisesTests {}
