/** Alta on Kubernetes: what needs to talk to a cluster's API server. */
@NullMarked
package dev.alta.kubernetes;

import org.jspecify.annotations.NullMarked;
