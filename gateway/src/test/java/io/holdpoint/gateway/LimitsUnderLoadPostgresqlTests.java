package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class LimitsUnderLoadPostgresqlTests extends LimitsUnderLoadTests {}
