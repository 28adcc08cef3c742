package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class TriedPoliciesPostgresqlTests extends TriedPoliciesTests {}
