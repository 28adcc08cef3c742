package io.holdpoint.gateway;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class PublishedCasesLivePostgresqlTests extends PublishedCasesLiveTests {}
