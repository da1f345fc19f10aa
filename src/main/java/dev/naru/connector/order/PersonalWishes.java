package dev.naru.connector.order;

import java.util.Map;

/** What of it may be about a person, or is for the PG's eyes alone. */
public record PersonalWishes(Wishes.Names names, Map<String, String> bypass) {}
