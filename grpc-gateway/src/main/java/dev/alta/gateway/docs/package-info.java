/**
 * Every call to read and to try, for people: Swagger UI on our own description.
 *
 * <p>In: requests from browsers. Out: the page and the files of Swagger UI, which come from its
 * WebJar and load nothing from elsewhere. Front door: {@link dev.alta.gateway.docs.Docs}.
 */
@NullMarked
package dev.alta.gateway.docs;

import org.jspecify.annotations.NullMarked;
