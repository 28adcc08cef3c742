package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class CrashPostgresqlTests extends CrashTests {}
