package io.holdpoint.gateway.limit;

import java.math.BigDecimal;

/** What one call has reserved of one counter in one window; given back, it never touches a later window. */
public record Reserved(String counter, long windowStart, BigDecimal amount) {}
