package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class BindingPostgresqlTests extends BindingTests {}
