package io.holdpoint.gateway.limit;

import io.holdpoint.gateway.GatewayDatabases;
import io.holdpoint.gateway.OnDatabase;

@OnDatabase(GatewayDatabases.POSTGRESQL)
class LimitsPostgresqlTests extends LimitsTests {}
