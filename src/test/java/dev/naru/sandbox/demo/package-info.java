@NullMarked
package dev.naru.sandbox.demo;

import org.jspecify.annotations.NullMarked;
