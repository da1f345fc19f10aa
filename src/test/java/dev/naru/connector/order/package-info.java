@NullMarked
package dev.naru.connector.order;

import org.jspecify.annotations.NullMarked;
