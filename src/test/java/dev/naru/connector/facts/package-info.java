@NullMarked
package dev.naru.connector.facts;

import org.jspecify.annotations.NullMarked;
