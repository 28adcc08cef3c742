package io.holdpoint.gateway.catalog;

import io.holdpoint.gateway.GatewayDatabases;
import io.holdpoint.gateway.OnDatabase;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class KeptDefinitionsPostgresqlTests extends KeptDefinitionsTests {}
